from tests.retrieval.dates.conftest import bench_folder

__all__ = ["bench_folder"]
