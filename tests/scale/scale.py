"""docs/at-scale.md as its readers use it: each block becomes the file of its title and is run over a made set."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from make import folder

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "editors/tests/pages"))
from page import blocks  # noqa: E402

DOCUMENTS = 400
# A line that is no JSON, and one without a text: Spark must give back what one process says of them.
BROKEN = ['{"path": "断.txt", "text":', '{"path": "缺.txt"}']


def main():
    page = (REPOSITORY / "docs/at-scale.md").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as desk:
        desk = Path(desk)
        for block in blocks(page):
            (desk / block.file).write_text(block.text, encoding="utf-8")
        programs = desk / "bin"
        programs.mkdir()
        (programs / "gouji").symlink_to(os.environ["GOUJI"])
        # The loopback interface is all there is.
        environment = os.environ | {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "PYSPARK_PYTHON": sys.executable,
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_LOCAL_HOSTNAME": "localhost",
        }
        run = Runner(desk, environment)

        count = folder(REPOSITORY / "fixtures", desk / "公开", DOCUMENTS)
        run([sys.executable, "collect.py", "公开"], "documents.jsonl")
        run(["sh", "one.sh"], may_end_with=(1,))
        one = lines(desk / "results.jsonl")
        assert len(one) == count, (len(one), count)
        same_as_files(run, one)

        # Order is that of the partitions, and theirs that of the lines.
        with (desk / "documents.jsonl").open("a", encoding="utf-8") as documents:
            documents.writelines(line + "\n" for line in BROKEN)
        run(["sh", "one.sh"], may_end_with=(2,))
        one = lines(desk / "results.jsonl")
        submit = [str(Path(sys.executable).parent / "spark-submit"), "--master", "local[2]"]
        run([*submit, "pipe.py", "documents.jsonl", "piped"])
        piped = [line for part in sorted((desk / "piped").glob("part-*")) for line in lines(part)]
        # A line that is no JSON goes by its number, which is that in its partition.
        assert piped[:-2] == one[:-2] and piped[-1] == one[-1], "RDD.pipe"
        assert anonymous(piped[-2]) == anonymous(one[-2])

        whole = "".join(line + "\n" for line in lines(desk / "documents.jsonl")[: -len(BROKEN)])
        (desk / "whole.jsonl").write_text(whole, encoding="utf-8")
        run([*submit, "frames.py", "whole.jsonl", "framed"])
        framed = parquet(desk / "framed")
        assert sorted(framed["result"]) == sorted(one[:-2]), "mapInPandas"
        errors = {result["path"]: errors_of(result) for result in map(json.loads, one[:-2])}
        assert dict(zip(framed["path"], framed["errors"])) == errors
        assert sum(errors.values()) > 0, "a set without errors proves little"
        print(f"{count} documents, {sum(errors.values())} errors: one process, RDD.pipe and mapInPandas agree")


class Runner:
    def __init__(self, desk, environment):
        self.desk, self.environment = desk, environment

    def __call__(self, command, output=None, may_end_with=(0,)):
        start = time.monotonic()
        done = subprocess.run(command, cwd=self.desk, env=self.environment, capture_output=True)
        if done.returncode not in may_end_with:
            sys.stderr.write(done.stderr.decode(errors="replace"))
            raise SystemExit(f"{command} ended with {done.returncode}")
        if output:
            (self.desk / output).write_bytes(done.stdout)
        print(f"{time.monotonic() - start:5.1f} s  {' '.join(map(str, command[-3:]))}")
        return done


def same_as_files(run, one):
    """Of the files themselves the same is said; only how they were encoded is known there."""
    command = [run.desk / "bin/gouji", "check", "--format", "jsonl", *sorted(run.desk.glob("公开/*/*.txt"))]
    done = subprocess.run(command, cwd=run.desk, env=run.environment, stdout=subprocess.PIPE)
    of_files = [json.loads(line) for line in done.stdout.decode().split("\n")[:-1]]
    encodings = [own.pop("encoding", "UTF-8") for own in of_files]
    assert "GB18030" in encodings, encodings
    own = {Path(result["path"]).name: result["coverage"] for result in of_files}
    assert own == {Path(result["path"]).name: result["coverage"] for result in map(json.loads, one)}


def lines(path):
    return path.read_text(encoding="utf-8").split("\n")[:-1]


def anonymous(line):
    return {key: value for key, value in json.loads(line).items() if key != "path"}


def errors_of(result):
    return sum(finding["severity"] == "error" for finding in result.get("findings", []))


def parquet(folder):
    import pandas

    return pandas.read_parquet(folder)


if __name__ == "__main__":
    assert shutil.which("java"), "there is no Java"
    main()
