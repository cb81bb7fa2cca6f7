"""Compares what each target imports with what Package.swift says it depends on (swift package dump-package, on standard
input): a module that comes by way of another dependency may be gone tomorrow."""

import json
import pathlib
import re
import sys

SYSTEM = {"Darwin", "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "Musl", "Synchronization", "Testing"}
IMPORT = re.compile(r"^(?:@\w+ |public |package |internal )*import (?:(?:struct|class|enum|protocol|func|var) )?(\w+)", re.M)

# swift-nio-ssl has no product for the BoringSSL that it brings along; docs/design.md says who calls it, and why.
BY_WAY_OF = {"CNIOBoringSSL": "NIOSSL"}

status = 0
for target in json.load(sys.stdin)["targets"]:
    folder = target.get("path") or f"{'Tests' if target['type'] == 'test' else 'Sources'}/{target['name']}"
    declared = {
        (dependency.get("product") or dependency.get("byName") or dependency["target"])[0]
        for dependency in target["dependencies"]
    }
    imported = {
        module for file in pathlib.Path(folder).rglob("*.swift") for module in IMPORT.findall(file.read_text())
    }
    for module in sorted(module for module in imported - declared - SYSTEM if BY_WAY_OF.get(module) not in declared):
        print(f"{target['name']} imports {module}, which Package.swift does not say.", file=sys.stderr)
        status = 1
sys.exit(status)
