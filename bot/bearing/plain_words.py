"""Words that name nobody and nothing: a claim may use them though its quote does not.

Small on purpose. A word that is missing here costs a true claim, which is asked for
again in the article's own words; a name in here would let a false one through.
"""

from __future__ import annotations

_JAPANESE_WORDS = """
理由 原因 目的 背景 結果 影響 内容 場所 時期 期間 期限 日時 時刻 時間 人物 人数 金額 数字 割合
対象 方法 方針 状況 状態 記事 報道 発言 発表 説明 指摘 主張 表明 公表 報告 通知 回答 言及 記載
記述 紹介 予定 計画 見通 見込 可能性 必要 重要 主要 実施 開始 終了 開催 完了 決定 変更 延期 継続
再開 停止 閉鎖 開放 設置 設立 導入 採用 利用 使用 活用 提供 提案 要求 要請 参加 出席 訪問 到着
出発 就任 退任 担当 指揮 指導 支援 協力 対応 対策 検討 判断 確認 調査 検査 発見 発生 発覚 判明
増加 減少 拡大 縮小 改善 悪化 上昇 下落 回復 遅延 達成 成功 失敗 勝利 敗北 現在 当時 以前 以後
以上 以下 未満 以降 以来 前後 最初 最後 最大 最小 最高 最低 最新 最長 最多 今回 今後 前回 次回
当初 同時 同様 同日 同氏 両者 双方 全員 全体 一部 一方 複数 多数 少数 合計 総額 平均 約束 合意
反対 賛成 批判 評価 期待 懸念 不安 心配 問題 課題 事実 事件 事故 事業 活動 行動 関係 関連 役割
立場 地位 人々 住民 市民 関係者 責任 責任者 代表 本人 自分 自身 彼女 同社 同館 両国 各地 国内
国外 海外 地域 地元 会場 施設 建物 道路 自然 社会 経済 政治 歴史 文化 技術 情報 意味 意見 考 方
為 事 物 者 人 時 中 後 前 上 下 内 外 間 等 的 化 性 点 面 側 際 話 声 今 次 他 全 各 両 同 計
約 別 何 誰 数 多 最 第 目 度 回 番 位 個 名 年 月 日 分 秒 円 初 新 旧 元 現 正式 特別 一般
具体 直接 間接 実際 本当 確実 明確 主 例 形 点 種類 程度 部分 段階 順 理解 意図 努力 作業
"""
JAPANESE = frozenset(_JAPANESE_WORDS.split())

_KATAKANA_WORDS = """
ニュース ポイント メンバー グループ チーム スタッフ サービス システム データ テーマ イベント
プロジェクト プラン レベル ルール ケース タイプ コスト ペース スケジュール スタート ストップ
オープン トップ リーダー センター ビル バス トラック フェリー ドル ユーロ ポンド メートル キロ
トン パーセント センチ テレビ ラジオ ネット インターネット サイト ページ メール ため こと もの
トラブル ダメージ リスク チャンス きっかけ ドライバー ダイバー エンジニア ボート パン メディア
インタビュー
"""
KATAKANA = frozenset(_KATAKANA_WORDS.split())

# Words that open an English sentence with a capital and are no names.
_ENGLISH_OPENERS_WORDS = """
a an the this that these those it its he she they them their his her we our you your i there
here in on at by for from to of with without within after before during since until while when
where because as if although though but and or nor so yet however also then thus therefore
meanwhile according about around over under between among both each every all some many most few
several no none not nobody nothing one two three four five six seven eight nine ten once only
even just who what which why how yes people officials police authorities experts critics
residents more less both either neither another other others such instead despite due following
last next first second third finally later earlier today yesterday tomorrow
"""
ENGLISH_OPENERS = frozenset(_ENGLISH_OPENERS_WORDS.split())
_ENGLISH_TITLES_WORDS = """
mr mrs ms miss dr prof professor president vice prime minister secretary chairman chairwoman
chair mayor governor senator representative king queen prince princess pope sir lord lady
general colonel captain director chief ceo judge justice officer inspector ambassador chancellor
premier baker
"""
ENGLISH_TITLES = frozenset(_ENGLISH_TITLES_WORDS.split())
