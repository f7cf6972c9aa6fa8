"""Answers written by the person's own language model, through LangChain.

    settings ─ model ─► chat model ─ call ─► tokens ─ parser ─► claims with quotes ─► verify

`writer` puts these together; `fence` and `prompt` make what is sent, `failure` says
what went wrong, `followup` makes a question stand alone, `probe` is for `kiji doctor`.
Nothing here decides what is shown: the chain checks every claim.
"""
