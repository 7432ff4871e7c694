#!/usr/bin/env python3
"""Holds a node to its own description of its API, with schemathesis.

    tests/schemathesis/run.py --countersign target/debug/countersign

Starts `countersign serve --dev` in a folder of its own, makes organisations
with people, a design and a badge, and lets schemathesis send what the
description allows and what it does not. Found is: an answer of 500 or above, a
status, type, header or body that is not described, a request that breaks the
description and is taken, one without a token that is let in.

Needs Python 3.10 and PyPI; schemathesis goes into a folder below `target`.
"""

import argparse
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from pathlib import Path

HERE = Path(__file__).parent
TOP = HERE.parent.parent

# What schemathesis checks. Left out: `positive_data_acceptance` (our rules for
# badges are stricter than a schema can say), `unsupported_method` (HEAD goes
# with GET) and what only a chain of requests shows.
CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "ignored_auth",
]


def schemathesis():
    """The command, installed if it is not there."""
    folder = TOP / "target" / "schemathesis"
    command = folder / "bin" / "schemathesis"
    wanted = (HERE / "requirements.txt").read_text()
    stamp = folder / "requirements.txt"
    if not stamp.exists() or stamp.read_text() != wanted:
        venv.create(folder, with_pip=True, clear=True)
        pip = [folder / "bin" / "python", "-m", "pip", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", "-r", HERE / "requirements.txt"], check=True)
        stamp.write_text(wanted)
    return command


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Node:
    """A node that runs until the block ends."""

    def __init__(self, binary, folder):
        port = free_port()
        self.base = f"http://localhost:{port}"
        rates = ["CHECK_ANONYMOUS", "CHECK_TOKEN", "ISSUE", "READ"]
        environment = {
            **os.environ,
            **{f"COUNTERSIGN_RATES_{name}": "100000/s" for name in rates},
            "COUNTERSIGN_LOGS_LEVEL": "error",
        }
        command = [binary, "serve", "--dev", "--data", folder, "--listen", f"127.0.0.1:{port}"]
        self.log = open(Path(folder) / "log", "w+")
        self.process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=self.log, text=True
        )
        self.operator = self.first_token()
        self.wait()

    def first_token(self):
        for line in self.process.stdout:
            found = re.search(r"csk_\S+", line)
            if found:
                return found.group()
        raise SystemExit("the node did not start")

    def wait(self):
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{self.base}/livez")
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit("the node does not answer")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)

    def send(self, method, path, token, body):
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Idempotency-Key": f"made-{time.monotonic_ns()}",
        }
        data = json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, headers, method=method)
        with urllib.request.urlopen(request) as answer:
            text = answer.read()
        return json.loads(text) if text else None


class Office:
    """An organisation with everybody and everything in it."""

    def __init__(self, node, slug):
        self.slug, self.path = slug, f"/api/v1/issuers/{slug}"
        profile = {"name": "Northmarch County Council", "url": "https://northmarch.example.org"}
        node.send("POST", "/api/v1/issuers", node.operator, {"slug": slug, "profile": profile})
        head = {"issuer": slug, "role": "administrator", "name": "Head"}
        self.administrator = node.send("POST", "/api/v1/tokens", node.operator, head)["token"]
        made = {
            role: node.send("POST", f"{self.path}/tokens", self.administrator, {"role": role, "name": role})
            for role in ["officer", "approver", "auditor"]
        }
        self.officer, self.approver = made["officer"]["token"], made["approver"]["token"]
        self.spare = made["auditor"]["id"]
        node.send("POST", f"{self.path}/keys", self.administrator, {})
        self.design = f"{slug}-safe-basic"
        achievement = {
            "name": "Safeguarding basics",
            "description": "An online course.",
            "criteria": {"narrative": "Finish all five units."},
        }
        design = {"slug": self.design, "achievement": achievement}
        node.send("POST", f"{self.path}/achievements", self.officer, design)
        order = {"achievement": self.design, "subject": {"name": "Saffron Velvetine"}}
        self.badge = node.send("POST", f"{self.path}/credentials", self.officer, order)["id"]


def rule(paths, token, **parameters):
    """A part of the settings: who asks at some paths, and about what."""
    lines = ["[[operations]]", f"include-path-regex = '{paths}'"]
    lines.append(f'headers = {{ Authorization = "Bearer {token}" }}')
    named = ", ".join(f'"path.{name}" = "{value}"' for name, value in parameters.items())
    lines.append(f"parameters = {{ {named} }}")
    return "\n".join(lines)


def settings(node, main, changing):
    """Who may do what, by path; what ends things is done to `changing`."""
    one = r"^/api/v1/issuers/\{issuer\}"
    admin, officer = main.administrator, main.officer
    rules = [
        rule(r"^/api/v1/(issuers|tokens|audit)$", node.operator),
        rule(r"^/api/v1/tokens/", node.operator, id="none"),
        rule(r"^/api/v1/stops/", node.operator, what="fetch"),
        rule(rf"{one}(/closure)?$", changing.administrator, issuer=changing.slug),
        rule(rf"{one}/(keys|tokens|audit)$", admin, issuer=main.slug),
        rule(rf"{one}/keys/", admin, issuer=main.slug, id="key-2"),
        rule(rf"{one}/tokens/", admin, issuer=main.slug, id=main.spare),
        rule(rf"{one}/(achievements|files|credentials|credentials/batch)$", officer, issuer=main.slug),
        rule(rf"{one}/achievements/", changing.officer, issuer=changing.slug, id=changing.design),
        rule(
            rf"{one}/credentials/\{{id\}}(/file|/revocation|/suspension|/renewal|/replacement|/shares.*)?$",
            officer, issuer=main.slug, id=main.badge,
        ),
        rule(rf"{one}/credentials/\{{id\}}/approval$", main.approver, issuer=main.slug, id=main.badge),
    ]
    return "\n\n".join(rules) + "\n"


def check(node, folder, seconds, seed):
    main, changing = Office(node, "northmarch"), Office(node, "changing")
    # Links that are made up must not be followed: nothing leaves this machine,
    # and so the switch stays as it is.
    node.send("PUT", "/api/v1/stops/fetch", node.operator, {"reason": "a test"})
    config = Path(folder) / "schemathesis.toml"
    config.write_text(settings(node, main, changing))
    command = [
        schemathesis(), "--config-file", config, "run", f"{node.base}/api/v1/openapi.json",
        "--checks", ",".join(CHECKS), "--phases", "examples,coverage,fuzzing",
        "--max-time", str(seconds), "--seed", str(seed), "--workers", "2",
        "--exclude-operation-id", "resume", "--continue-on-failure", "--request-timeout", "30", "--warnings", "off",
    ]
    environment = {**os.environ, "NO_COLOR": "1"}
    return subprocess.run(command, cwd=folder, env=environment).returncode


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--countersign", required=True, help="the binary")
    options.add_argument("--seconds", type=int, default=90, help="how long it may take")
    options.add_argument("--seed", type=int, default=20261125, help="other requests")
    given = options.parse_args()
    binary = Path(given.countersign).resolve()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "node"
        data.mkdir(mode=0o700)
        with Node(binary, data) as node:
            found = check(node, folder, given.seconds, given.seed)
        log = (data / "log").read_text().strip()
    if log:
        print(f"\nthe node logged:\n{log}")
    failed = found != 0 or bool(log)
    print("\n0 passed, 1 failed" if failed else "\n1 passed, 0 failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
