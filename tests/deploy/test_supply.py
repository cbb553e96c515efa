"""What others have written and we install: what is in the image, its licences, its known holes."""

import importlib.util
import json
import re
import sys
from collections.abc import Sequence
from importlib.metadata import metadata, packages_distributions
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SUPPLY = ROOT / "deploy" / "supply"
FLOORS = ("bot", "cards", "dialogs", "records", "scheduler")


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"deploy_supply_{name}", SUPPLY / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


audit = load("audit")
licences = load("licences")


def pins(name: str) -> dict[str, str]:
    found: dict[str, str] = licences.pinned((ROOT / name).read_text())
    return found


TEST_ONLY = pins("requirements-dev.lock").keys() - pins("requirements.lock").keys()
"""What tests and builds, and runs nowhere."""


# The image ----------------------------------------------------------------------------------------


def test_the_image_installs_one_list_and_nothing_that_only_tests() -> None:
    """A package is in the image by its list alone: no other is copied, and nothing named."""
    dockerfile = (ROOT / "deploy" / "Dockerfile").read_text()
    lines = re.sub(r"\\\n", " ", re.sub(r"(?m)^\s*#.*$", "", dockerfile))
    installs = re.findall(r"\bpip\b[^&\n]*\binstall\b([^&\n]*)", lines)
    assert [re.findall(r"(?<!-)\b[\w./-]+\.lock\b|-r \S+", one) for one in installs] == [
        ["-r requirements.lock"]
    ]
    [words] = [set(one.split()) for one in installs]
    assert {one for one in words if not one.startswith("-")} == {"requirements.lock"}
    assert len(TEST_ONLY) > 30
    assert {"pytest", "mypy", "hypothesis", "playwright"} <= TEST_ONLY
    assert [one for one in TEST_ONLY if re.search(rf"\b{re.escape(one)}\b", lines)] == []


def test_the_tools_are_in_neither_list_and_go_into_no_image() -> None:
    tools = {re.split(r"[<>=]", one)[0] for one in (SUPPLY / "tools.in").read_text().split()}
    assert tools == {"cyclonedx-bom", "pip-audit", "pip-licenses"}
    assert not tools & (pins("requirements-dev.lock").keys() | pins("requirements.lock").keys())
    assert tools <= pins("deploy/supply/tools.lock").keys()
    assert "!deploy" not in (ROOT / ".dockerignore").read_text()


IMPORT = re.compile(r"(?m)^\s*(?:from (\w+)[\w.]* import |import (\w+)[\w.]*(?: as \w+)?$)")


def imports(path: Path) -> set[str]:
    """Top-level names that a module imports, wherever in it."""
    return {one or other for one, other in IMPORT.findall(path.read_text(encoding="utf-8"))}


def test_what_runs_needs_nothing_that_is_not_in_its_own_list() -> None:
    """The tests would not see it: they run where everything is installed."""
    comes_with = packages_distributions()
    runs = pins("requirements.lock").keys()
    needed = {
        name for one in FLOORS for path in (ROOT / one).rglob("*.py") for name in imports(path)
    }
    outside = needed - set(sys.stdlib_module_names) - set(FLOORS)
    assert len(outside) > 15
    lost = {
        name
        for name in outside
        if not runs & {licences.plain(one) for one in comes_with.get(name, ())}
    }
    assert lost == set()


# Licences -----------------------------------------------------------------------------------------


def test_the_page_lists_every_package_of_the_image_as_it_is_pinned() -> None:
    page = licences.PAGE.read_text()
    listed = licences.read(page)
    assert {one.name: one.version for one in listed} == pins("requirements.lock")
    assert licences.render(listed) == page, "run `make licences`"


def test_each_licence_is_the_one_that_the_package_states() -> None:
    """Where it states one as an SPDX expression, which cannot be misread."""
    stated = {
        one: metadata(one.name).get("License-Expression")
        for one in licences.read(licences.PAGE.read_text())
    }
    told = {one: word for one, word in stated.items() if word}
    assert len(told) > 20
    assert [(one.name, word) for one, word in told.items() if one.licence != word] == []


def test_no_package_has_a_licence_that_a_council_cannot_take() -> None:
    assert licences.wrong(licences.read(licences.PAGE.read_text())) == []


def test_every_exception_has_a_reason() -> None:
    assert [name for name, why in licences.EXCEPTIONS.items() if len(why) < 40] == []


@pytest.mark.parametrize(
    "licence",
    [
        "GPL-3.0-or-later",
        "GNU General Public License v2 (GPLv2)",
        "AGPL-3.0",
        "GNU Affero General Public License v3",
        "LGPL-2.1-only",
        "GNU Lesser General Public License v3 (LGPLv3)",
        "Mozilla Public License 2.0 (MPL 2.0)",
        "SSPL-1.0",
        "BUSL-1.1",
        "CC-BY-NC-4.0",
        "Other/Proprietary License",
        "MIT AND GPL-2.0-only",
        "UNKNOWN",
        "",
    ],
)
def test_such_a_licence_is_refused(licence: str) -> None:
    package = licences.Licensed("new", "1.0", licence)
    assert any(one.startswith("new: ") for one in licences.wrong([package]))


@pytest.mark.parametrize(
    "licence",
    ["MIT", "Apache-2.0 AND MIT", "BSD License", "ISC", "PSF-2.0", "GPL-2.0-only OR MIT"],
)
def test_such_a_licence_is_taken(licence: str) -> None:
    assert licences.why_refused(licence) == ""


def test_an_exception_that_nothing_needs_is_told() -> None:
    package = licences.Licensed("certifi", "1.0", "MIT")
    assert licences.wrong([package]) == ["certifi: needs no exception"]


def test_a_package_that_is_not_installed_as_it_is_pinned_stops_the_page() -> None:
    installed = [{"Name": "Typing_Extensions", "Version": "4.0", "License": "PSF-2.0"}]
    lock = "typing-extensions==4.0 \\\n    --hash=sha256:0\n"
    assert licences.matched(lock, installed)[0].name == "typing-extensions"
    with pytest.raises(licences.NotListed):
        licences.matched(lock.replace("4.0", "4.1"), installed)


# Known holes --------------------------------------------------------------------------------------

CLEAN_NPM = {"vulnerabilities": {}, "metadata": {"dependencies": {"total": 7}}}


class FakeTools:
    """pip-audit and npm, as they answer: by the lock file that is asked about."""

    def __init__(self, npm: Any = CLEAN_NPM, **answers: Any) -> None:
        self.npm, self.answers, self.asked = npm, answers, list[str]()

    def __call__(self, command: Sequence[str]) -> str:
        if command[0] == "npm":
            return self.npm if isinstance(self.npm, str) else json.dumps(self.npm)
        path = Path(command[command.index("--requirement") + 1])
        self.asked.append(path.read_text())
        one = "dev" if "dev" in path.name else "runs"
        if one in self.answers:
            answer = self.answers[one]
            return answer if isinstance(answer, str) else json.dumps(answer)
        return json.dumps({"dependencies": every(path.name)})


def every(lock: str) -> list[dict[str, Any]]:
    return [{"name": one, "version": v, "vulns": []} for one, v in pins(lock).items()]


def said(tools: FakeTools, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    code = audit.main(tools, "pip-audit")
    return code, capsys.readouterr().out.splitlines()


def test_each_list_that_is_clean_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    tools = FakeTools()
    code, lines = said(tools, capsys)
    assert code == 0
    assert [line.partition(":")[0] for line in lines] == [
        "requirements.lock",
        "requirements-dev.lock",
        "package-lock.json",
    ]
    assert all("no known hole" in line for line in lines)
    # What holds for another Python is looked up as well.
    assert "python_implementation" in (ROOT / "requirements.lock").read_text()
    assert [text for text in tools.asked if "_implementation" in text] == []


def test_a_hole_is_named_with_the_version_that_mends_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = every("requirements.lock")
    found[0] = {**found[0], "vulns": [{"id": "PYSEC-1", "fix_versions": ["9.9"]}]}
    code, lines = said(FakeTools(runs={"dependencies": found}), capsys)
    assert code == 1
    assert any("PYSEC-1" in line and "9.9" in line for line in lines)
    assert "requirements.lock: known holes: 1" in lines


@pytest.mark.parametrize("missing", ["passed over", "left out"])
def test_a_package_of_which_nothing_is_known_is_not_a_clean_one(
    missing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """pip-audit calls that "no known vulnerabilities" and ends well."""
    found = every("requirements-dev.lock")
    found[3:4] = [{"name": "x", "skip_reason": "not found"}] if missing == "passed over" else []
    code, lines = said(FakeTools(dev={"dependencies": found}), capsys)
    assert code == 2
    [line] = [one for one in lines if "NOT CHECKED" in one]
    assert line.startswith("requirements-dev.lock: NOT CHECKED, no data for 1 of ")


@pytest.mark.parametrize(
    "answer",
    ["", "<html>a proxy's page</html>", "[]", "{}", {"dependencies": [{"name": "a"}]}],
)
def test_what_cannot_be_reached_is_one_plain_line_and_not_green(
    answer: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    code, lines = said(FakeTools(runs=answer), capsys)
    assert code == 2
    assert len(lines) == 3
    assert lines[0].startswith("requirements.lock: NOT CHECKED, ")


@pytest.mark.parametrize("answer", ["", "{}", {"error": {}, "message": "405"}, {"metadata": 1}])
def test_npm_that_cannot_look_is_not_green_either(
    answer: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    code, lines = said(FakeTools(npm=answer), capsys)
    assert code == 2
    assert lines[2].startswith("package-lock.json: NOT CHECKED, ")


def test_a_hole_of_an_npm_package_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    npm = {**CLEAN_NPM, "vulnerabilities": {"azurite": {"severity": "high"}}}
    code, lines = said(FakeTools(npm=npm), capsys)
    assert code == 1
    assert "package-lock.json: azurite: high" in lines


def test_a_tool_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(audit.NoAnswer, match="could not be started"):
        audit.ask(["/no/such/tool"])
    monkeypatch.setattr(audit, "SECONDS", 0.05)
    with pytest.raises(audit.NoAnswer, match="no answer within"):
        audit.ask([sys.executable, "-c", "import time; time.sleep(60)"])


# The targets --------------------------------------------------------------------------------------


def test_each_target_is_there_and_only_these_install_the_tools() -> None:
    makefile = (ROOT / "Makefile").read_text()
    needs = dict(re.findall(r"(?m)^([a-z.][\w/.-]*):([^=\n#]*)", makefile))
    with_tools = {name for name, what in needs.items() if ".stamp/tools" in what}
    assert with_tools == {"sbom", "audit", "licences"}
    assert "--require-hashes -r $<" in makefile.split("\n.stamp/tools:")[1].split("\n\n")[0]
