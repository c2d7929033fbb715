#!/usr/bin/env python
"""Browser libraries that the project ships: fetched by a developer, committed, never loaded from elsewhere.

    python tools/vendor.py            fetch every package again and write static/vendor (needs npm)
    python tools/vendor.py --check    compare the committed files with VENDOR.json (needs nothing)

Every version is exact: renewing one is a change of this file, reviewed with the files that it brings.
"""

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

VENDOR = Path(__file__).resolve().parents[1] / "static" / "vendor"
MANIFEST = VENDOR / "VENDOR.json"

# ManifestStaticFilesStorage fails on a source map that isn't there.
SOURCE_MAP = re.compile(r"\s*(?://[#@]\s*sourceMappingURL=\S+|/\*[#@]\s*sourceMappingURL=\S+?\s*\*/)\s*")


@dataclass(frozen=True)
class Package:
    """One npm package: its files (path inside the package → name here) and texts to cut out of them."""

    name: str
    version: str
    files: dict[str, str]
    # (pattern, replacement): each must be found, or the new version needs a human look
    edits: tuple[tuple[str, str], ...] = ()
    icons: tuple[str, ...] = field(default=())


# What the pages draw. A name that is missing in icons.txt makes {% icon %} raise:
# no hole on a page.
ICONS = (Path(__file__).parent / "icons.txt").read_text().split()

PACKAGES = (
    Package(
        "vue",
        "3.5.45",
        # runtime only: the compiler needs eval, which the content security policy forbids
        {"dist/vue.runtime.global.prod.js": "vue.runtime.global.prod.js"},
    ),
    Package("vue-router", "4.6.5", {"dist/vue-router.global.prod.js": "vue-router.global.prod.js"}),
    Package(
        "vant",
        "4.9.9",
        {"lib/vant.min.js": "vant.min.js", "lib/index.css": "vant.css"},
        # the icon font is embedded; its fallback would be asked from another host
        edits=((r",url\(//[^)]*\) format\(\"woff\"\)", ""),),
    ),
    Package("htm", "3.1.1", {"dist/htm.umd.js": "htm.umd.js"}),
    Package(
        "barcode-detector",
        "3.2.2",
        {"dist/iife/ponyfill.js": "barcode-detector.js"},
        # the default place of the WebAssembly file is a CDN: pages must name ours with `locateFile`
        edits=((r"https://[\w.]+/npm/zxing-wasm@[\d.]+/dist/\$\{n\[1\]\}/", ""),),
    ),
    # exactly this one: barcode-detector 3.2.2 dies with any other
    Package("zxing-wasm", "3.1.3", {"dist/reader/zxing_reader.wasm": "zxing_reader.wasm"}),
    Package("bootstrap", "5.3.9", {"dist/css/bootstrap.min.css": "bootstrap.min.css"}),
    Package("bootstrap-icons", "1.13.2", {}, icons=tuple(ICONS)),
    Package(
        "tom-select",
        "2.6.2",
        {
            "dist/js/tom-select.complete.min.js": "tom-select.complete.min.js",
            "dist/css/tom-select.bootstrap5.min.css": "tom-select.bootstrap5.min.css",
        },
    ),
    # 4 drops attribute inheritance: stay on 2
    Package("htmx.org", "2.0.11", {"dist/htmx.min.js": "htmx.min.js"}),
)


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def unpack(package: Package, folder: Path) -> Path:
    """Fetch one package with the machine's npm; return the folder of its content."""
    done = subprocess.run(
        ["npm", "pack", "--silent", "--json", f"{package.name}@{package.version}"],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    archive = folder / json.loads(done.stdout)[0]["filename"]
    target = folder / package.name
    with tarfile.open(archive) as tar:
        tar.extractall(target, filter="data")
    return target / "package"


def cleaned(data: bytes, package: Package) -> bytes:
    """The text of a file without source maps and without the package's unwanted parts."""
    text = SOURCE_MAP.sub("\n", data.decode())
    for pattern, replacement in package.edits:
        text = re.sub(pattern, replacement, text)
    return text.encode()


def sprite(source: Path, names: tuple[str, ...]) -> bytes:
    """One SVG file with a symbol for each icon, so that a page asks once."""
    symbols = []
    for name in sorted(names):
        svg = (source / "icons" / f"{name}.svg").read_text()
        view = re.search(r'viewBox="([^"]+)"', svg)
        body = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.S)
        if not (view and body):
            sys.exit(f"{name}.svg has another form than expected")
        inner = re.sub(r"\s*\n\s*", "", body.group(1))
        symbols.append(f'<symbol id="{name}" viewBox="{view.group(1)}">{inner}</symbol>')
    return ('<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n").encode()


def write(package: Package, source: Path) -> list[Path]:
    """Put the package's files under static/vendor/<name>/; return them."""
    folder = VENDOR / package.name
    folder.mkdir(parents=True)
    found = {pattern: False for pattern, _ in package.edits}
    written = []
    for inside, name in package.files.items():
        data = (source / inside).read_bytes()
        if not name.endswith(".wasm"):
            text = data.decode()
            found = {pattern: seen or bool(re.search(pattern, text)) for pattern, seen in found.items()}
            data = cleaned(data, package)
        (folder / name).write_bytes(data)
        written.append(folder / name)
    if missing := [pattern for pattern, seen in found.items() if not seen]:
        sys.exit(f"{package.name} {package.version}: nothing matches {missing}; look at the new version")
    if package.icons:
        (folder / "icons.svg").write_bytes(sprite(source, package.icons))
        written.append(folder / "icons.svg")
    licence = next(p for p in sorted(source.iterdir()) if p.name.upper().startswith("LICEN"))
    shutil.copyfile(licence, folder / "LICENSE")
    return [*written, folder / "LICENSE"]


def fetch() -> None:
    """Fetch every package and write the files and VENDOR.json."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    rows = []
    with tempfile.TemporaryDirectory() as place:
        for package in PACKAGES:
            source = unpack(package, Path(place))
            about = json.loads((source / "package.json").read_text())
            files = write(package, source)
            rows.append(
                {
                    "name": package.name,
                    "version": about["version"],
                    "licence": about["license"],
                    "files": {str(f.relative_to(VENDOR)): digest(f) for f in files},
                }
            )
            print(f"{package.name} {about['version']} ({about['license']}): {len(files)} files")
    MANIFEST.write_text(json.dumps(rows, indent=2) + "\n")


def check() -> list[str]:
    """What differs between static/vendor and VENDOR.json, one sentence each."""
    rows = json.loads(MANIFEST.read_text())
    expected = {name: sha for row in rows for name, sha in row["files"].items()}
    present = {str(p.relative_to(VENDOR)) for p in VENDOR.rglob("*") if p.is_file() and p != MANIFEST}
    wanted = {(p.name, p.version) for p in PACKAGES}
    listed = {(row["name"], row["version"]) for row in rows}
    return [
        *(f"{name}: in VENDOR.json, but missing" for name in sorted(set(expected) - present)),
        *(f"{name}: not listed in VENDOR.json" for name in sorted(present - set(expected))),
        *(
            f"{name}: differs from its hash in VENDOR.json"
            for name in sorted(present & set(expected))
            if digest(VENDOR / name) != expected[name]
        ),
        *(
            f"{name} {version}: vendor.py and VENDOR.json disagree"
            for name, version in sorted(wanted ^ listed)
        ),
    ]


def main() -> int:
    """Fetch, or with --check compare; 1 when something differs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="compare with VENDOR.json, offline")
    if not parser.parse_args().check:
        fetch()
        return 0
    problems = check()
    for problem in problems:
        print(problem)
    if not problems:
        print("vendored files match VENDOR.json")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
