#!/usr/bin/env python3
"""The command line of Kent Karnesi; it parses, delegates and prints, and holds no logic."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from etl import commands, forms, manifest

ROOT = Path(__file__).resolve().parent


def main(argv: list[str] | None = None) -> int:
    """Run one command; 0 when all is well, 2 when what was given cannot be used."""
    arguments = sys.argv[1:] if argv is None else argv
    if arguments[:1] == ["serve"]:
        from dashboard.serve import main as serve  # noqa: PLC0415  (the ETL commands run without Dash)

        return serve(arguments[1:])
    if arguments[:1] == ["method"]:
        from etl.method_command import main as method  # noqa: PLC0415  (its own arguments, its own help)

        return method(arguments[1:])
    given = parser().parse_args(arguments)
    return commands.run(given, print)


def parser() -> argparse.ArgumentParser:
    """The arguments of every command."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--lang", choices=("tr", "en"), default="tr", help="dil / language (tr)")
    common.add_argument("--registry", type=Path, default=ROOT / "etl" / "registry", metavar="DIR")
    common.add_argument("--var", type=Path, default=ROOT / "var", metavar="DIR")
    root = argparse.ArgumentParser(
        prog="karne", description="Kent Karnesi: kur, denetle, sun / build, check, serve"
    )
    verbs = root.add_subparsers(dest="command", required=True, metavar="command")
    build = verbs.add_parser(
        "build", parents=[common], help="ambarı kurup yayımlar / build and publish the warehouse"
    )
    shipped = [ROOT / "data" / "official", ROOT / "data" / "sample"]
    build.add_argument(
        "--data", type=Path, nargs="+", default=shipped, metavar="DIR", help="klasörler / folders"
    )
    build.add_argument(
        "--as-of",
        type=date.fromisoformat,
        default=None,
        metavar="YYYY-MM-DD",
        help="gecikmenin ölçüldüğü gün / the day lateness is judged on (today)",
    )
    build.add_argument(
        "--from", dest="received_from", metavar="WHO", help="dosyaları getiren / who brought the files"
    )
    build.add_argument(
        "--with-rejects",
        action="store_true",
        help="hatalı satırları ayırıp yayımlar / publish without the rejected rows",
    )
    build.add_argument(
        "--may-shrink",
        action="store_true",
        help="değerlerin beşte biri eksilse de yayımlar / publish although a fifth of the values is gone",
    )
    check_arguments(
        verbs.add_parser(
            "check", parents=[common], help="bir dosyadaki bütün hataları yazar / every fault of a file"
        )
    )
    form = verbs.add_parser("template", parents=[common], help="boş bir form yazar / write an empty form")
    form.add_argument("kind", choices=forms.KINDS, metavar="KIND", help=" | ".join(forms.KINDS))
    form.add_argument("--out", type=Path, required=True, metavar="FILE", help="yeni dosya / the new file")
    form.add_argument("--period", metavar="PERIOD", help="planın dönemi / the period of a plan (2025-2029)")
    verbs.add_parser("status", parents=[common], help="yürürlükte ne var / what is in service")
    verbs.add_parser("method", add_help=False, help="bir yöntemi dosyaya uygular / run a method on a file")
    verbs.add_parser("serve", add_help=False, help="panoyu sunar / serve the dashboard")
    return root


def check_arguments(check: argparse.ArgumentParser) -> None:
    """The arguments of check; what the manifest beside the file says need not be said again."""
    check.add_argument("file", type=Path, metavar="FILE")
    check.add_argument("--as", dest="layout", metavar="LAYOUT", help="tablo biçimi / layout")
    check.add_argument(
        "--period", metavar="PERIOD", help="dosyada yoksa dönem / the period, where the file has none"
    )
    check.add_argument("--numbers", choices=("tr", "plain"), help="sayı biçimi / number format")
    told = check.add_argument_group("bütçe / a budget, where the file does not say so")
    for name in manifest.TOLD:
        if name != "period":
            told.add_argument(f"--{name}", metavar=name.upper())
    check.add_argument(
        "--wave",
        type=Path,
        metavar="WAVE.yml",
        help="anket dalgasının tanımı / the declaration of a survey wave",
    )


if __name__ == "__main__":
    sys.exit(main())
