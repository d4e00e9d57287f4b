"""`yiwang ledger`: check the log or a proof, keep its keys, publish it, begin the next one."""

from __future__ import annotations

import getpass
import json
from argparse import Namespace
from pathlib import Path
from urllib.parse import urljoin

import urllib3

from yiwang.cases.actions import ask_erasure, confirm_erasure_of
from yiwang.cases.erasures import all_waiting as erasures_waiting
from yiwang.cases.models import Erasure
from yiwang.kernel.errors import YiwangError
from yiwang.kernel.words import Text, speak
from yiwang.ledger import audit, proofs, publication, sealing
from yiwang.ledger.actions import Actor
from yiwang.ledger.note import Malformed, NotSigned, Verifier
from yiwang.ledger.verify import Report, Source, verify_log
from yiwang.web.commands.pack import spoken_here

SECONDS = 20.0
NOTHING = Text(zh="还没有封存任何行为。", en="Nothing has been sealed yet.")


def add(words) -> None:
    """`yiwang ledger …`."""
    parser = words.add_parser("ledger", help="check the log of acts, keep its keys, publish it")
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    check = _verb(verbs, "verify", run_verify, "check a proof file or a whole log, by public key")
    check.add_argument("what", metavar="FILE|DIR|URL", help="a .tlog-proof, a folder, an address")
    check.add_argument("--key", action="append", default=[], help="a public key; may be repeated")
    check.add_argument("--keys", type=Path, help="a file with a public key a line")
    check.add_argument("--json", action="store_true", help="print for machines")
    for name, run, help in (
        ("status", run_status, "say how far the log is sealed, and under which keys"),
        ("rotate", run_rotate, "make a further key that signs"),
        ("audit", run_audit, "compare every act, and every row acts tell of, with what was sealed"),
    ):
        _verb(verbs, name, run, help).set_defaults(needs_database=True)
    retire = _verb(verbs, "retire", run_retire, "let a key sign no more")
    retire.add_argument("id", metavar="ID", help="the eight digits in the middle of its public key")
    succeed = _verb(verbs, "succeed", run_succeed, "begin the next log after a restored backup")
    succeed.add_argument("--because", required=True, metavar="WHY", help="what happened")
    export = _verb(verbs, "export", run_export, "write the log's files into a folder")
    export.add_argument("folder", type=Path, metavar="DIR")
    erase = _verb(verbs, "erase", run_erase, "ask that a finished matter be erased, or confirm it")
    erase.add_argument("number", metavar="NUMBER", nargs="?", help="a matter; none: what waits")
    erase.add_argument("--basis", default="", metavar="LAW", help="on which law; it is kept")
    erase.add_argument("--because", default="", metavar="WHY", help="why; it is kept too")
    erase.add_argument("--confirm", action="store_true", help="as the second person: erase it")
    for verb in (retire, succeed, export, erase):
        verb.set_defaults(needs_database=True)


def _verb(verbs, name: str, run, help: str):
    parser = verbs.add_parser(name, help=help)
    parser.add_argument("--lang", choices=("zh", "en"), default=spoken_here(), help="zh or en")
    parser.set_defaults(run=run)
    return parser


def run_verify(arguments: Namespace) -> int:
    """Check a file or a whole log; 0 where all is what was signed, 1 where not, 2 misused."""
    speak(arguments.lang)
    try:
        keys = _keys(arguments)
    except (Malformed, OSError) as error:
        print(Text(zh=f"公钥读不了：{error}", en=f"This public key cannot be read: {error}"))
        return 2
    if not keys:
        print(
            Text(
                zh="请给出公钥：--key，或 --keys 文件。公钥在 /ledger/keys。",
                en="Give the public key with --key, or --keys FILE. It stands at /ledger/keys.",
            )
        )
        return 2
    path = Path(arguments.what)
    if path.is_file():
        return _verify_proof(path, keys, as_json=arguments.json)
    if not path.is_dir() and "://" not in arguments.what:
        print(Text(zh=f"没有 {path}。", en=f"There is no {path}."))
        return 2
    source = _folder(path) if path.is_dir() else _address(arguments.what)
    return _tell(verify_log(source, keys), as_json=arguments.json)


def _keys(arguments: Namespace) -> list[Verifier]:
    written = list(arguments.key)
    if arguments.keys:
        written += arguments.keys.read_text().split()
    return [Verifier.parse(one) for one in written]


def _verify_proof(path: Path, keys: list[Verifier], *, as_json: bool) -> int:
    try:
        found = proofs.check(path.read_text(encoding="utf-8"), keys)
    except (Malformed, NotSigned, UnicodeDecodeError) as error:
        _print({"sound": False, "why": str(error)}, f"✗ {path}: {error}", as_json)
        return 1
    act = found["act"]
    words = Text(
        zh=f"✓ 属实：{act['what']}，{act['at']}，位于 {found['origin']} 的第 {found['index']} 位",
        en=f"✓ proven: {act['what']} of {act['at']} is act {found['index']} of {found['origin']}",
    )
    _print({"sound": True, **found}, str(words), as_json)
    return 0


def _tell(report: Report, *, as_json: bool) -> int:
    head = report.checkpoint
    told = {
        "sound": report.sound,
        "origin": head.origin if head else None,
        "size": head.size if head else None,
        "faults": [{"path": f.path, "what": f.what, "index": f.index} for f in report.faults],
    }
    lines = [f"✗ {fault.path}: {fault.what}" for fault in report.faults]
    if report.sound and head:
        good = Text(
            zh=f"✓ {head.origin} 的 {head.size} 个行为与签名的检查点一致。",
            en=f"✓ all {head.size} acts of {head.origin} are those that were signed.",
        )
        lines.append(str(good))
    _print(told, "\n".join(lines), as_json)
    return 0 if report.sound else 1


def _print(for_machines: dict[str, object], for_people: str, as_json: bool) -> None:
    print(json.dumps(for_machines, ensure_ascii=False, indent=1) if as_json else for_people)


def _folder(path: Path) -> Source:
    def read(name: str) -> bytes | None:
        file = path / name
        return file.read_bytes() if file.is_file() else None

    return read


def _address(address: str) -> Source:
    http = urllib3.PoolManager(timeout=SECONDS, retries=2)
    prefix = address if address.endswith("/") else f"{address}/"

    def read(name: str) -> bytes | None:
        answer = http.request("GET", urljoin(prefix, name))
        return answer.data if answer.status == 200 else None

    return read


def run_status(arguments: Namespace) -> int:
    """Print the last checkpoint and the keys."""
    speak(arguments.lang)
    print(publication.checkpoint() or NOTHING)
    for key in publication.signing_keys():
        print(key)
    return 0


def run_rotate(arguments: Namespace) -> int:
    """Make a key; print it."""
    return _done(arguments, lambda by: sealing.rotate_key(by=by))


def run_retire(arguments: Namespace) -> int:
    """Retire a key; print it."""
    return _done(arguments, lambda by: sealing.retire_key(arguments.id, by=by))


def run_succeed(arguments: Namespace) -> int:
    """Begin the next log; print its name."""
    return _done(arguments, lambda by: sealing.succeed(reason=arguments.because, by=by))


def run_erase(arguments: Namespace) -> int:
    """Ask for an erasure, or confirm it as another user of this machine; none given: list."""
    if not arguments.number:
        speak(arguments.lang)
        for one in erasures_waiting():
            print(f"{one.root.number}  {one.asked_at:%Y-%m-%d}  {one.asked_by}  {one.basis}")
        return 0
    if arguments.confirm:
        return _done(arguments, lambda by: _erased(confirm_erasure_of(arguments.number, by=by)))
    return _done(
        arguments,
        lambda by: _erased(
            ask_erasure(arguments.number, basis=arguments.basis, reasons=arguments.because, by=by)
        ),
    )


def _erased(one: Erasure) -> Text:
    if one.state == "done":
        return Text(zh=f"{one.root.number} 的内容已删除。", en=f"{one.root.number} is erased.")
    return Text(
        zh=f"已申请删除 {one.root.number}，请另一位同事核准。",
        en=f"Asked to erase {one.root.number}; a second person has to confirm it.",
    )


def _done(arguments: Namespace, act) -> int:
    speak(arguments.lang)
    try:
        print(act(Actor("operator", getpass.getuser())))
    except YiwangError as error:
        print(error)
        return 1
    return 0


def run_export(arguments: Namespace) -> int:
    """Write checkpoint, tiles and entries below a folder; what is there already is kept."""
    speak(arguments.lang)
    count = publication.export(arguments.folder)
    if count is None:
        print(NOTHING)
        return 1
    print(Text(zh=f"写了 {count} 个文件。", en=f"{count} files written."))
    return 0


def run_audit(arguments: Namespace) -> int:
    """Print every act or row that is not what was sealed; 1 where there is one."""
    speak(arguments.lang)
    found = audit.audit()
    for fault in found.faults:
        print(f"✗ {fault}")
    differ = len(found.faults)
    print(
        Text(
            zh=f"核对了 {found.acts} 个行为、{found.rows} 行数据，{differ} 处不符。",
            en=f"{found.acts} acts and {found.rows} rows compared; {differ} differ.",
        )
    )
    return 1 if found.faults else 0
