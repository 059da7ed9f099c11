"""Reads findings as the services do, and complains about what they would refuse or show wrongly."""
import json
import re
import sys
import urllib.parse
import xml.etree.ElementTree

NAME = 'a]](http://x){0},b::c%0A`<i>&amp;@team|"x"'


def typed(value, kind, required=(), optional=()):
    """An object of SARIF's schema: all properties are known, the required ones are there."""
    assert isinstance(value, dict), (kind, value)
    unknown = set(value) - set(required) - set(optional)
    assert not unknown and set(required) <= set(value), (kind, sorted(value))
    return value


def message(value):
    typed(value, "message", ["text"])
    assert isinstance(value["text"], str) and value["text"]
    return value["text"]


def region(value):
    typed(value, "region", ["startLine", "startColumn", "endLine", "endColumn"], ["snippet"])
    numbers = [value[k] for k in ("startLine", "startColumn", "endLine", "endColumn")]
    assert all(isinstance(n, int) and n >= 1 for n in numbers)
    assert numbers[:2] <= numbers[2:]
    return value


def artifact(value):
    typed(value, "artifactLocation", ["uri"], ["uriBaseId"])
    assert re.fullmatch(r"[A-Za-z0-9._~/%:-]+", value["uri"]), value["uri"]
    return urllib.parse.unquote(value["uri"])


def check_result(result, rules):
    typed(result, "result", ["ruleId", "ruleIndex", "level", "message", "locations",
                             "partialFingerprints", "suppressions"], ["fixes"])
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert result["level"] in ("none", "note", "warning", "error")
    assert all(isinstance(v, str) for v in result["partialFingerprints"].values())
    text = message(result["message"])
    # Every bracket of what could be a link is escaped, and so is every placeholder.
    if "](" in text:
        assert not re.search(r"(?<!\\)\[", text) and not re.search(r"(?<!\\)\]", text), text
    assert not re.search(r"(?<!\{)\{\d+\}(?!\})", text), text
    assert len(result["locations"]) == 1
    place = typed(result["locations"][0], "location", ["physicalLocation"])["physicalLocation"]
    typed(place, "physicalLocation", ["artifactLocation", "region"])
    region(place["region"])
    for suppression in result["suppressions"]:
        typed(suppression, "suppression", ["kind"], ["status", "justification"])
        assert suppression["kind"] in ("inSource", "external")
        assert suppression["status"] in ("accepted", "underReview", "rejected")
    for fix in result.get("fixes", []):
        typed(fix, "fix", ["artifactChanges"], ["description"])
        for change in fix["artifactChanges"]:
            typed(change, "artifactChange", ["artifactLocation", "replacements"])
            artifact(change["artifactLocation"])
            for replacement in change["replacements"]:
                typed(replacement, "replacement", ["deletedRegion"], ["insertedContent"])
                region(replacement["deletedRegion"])
                typed(replacement["insertedContent"], "artifactContent", ["text"])
    return artifact(place["artifactLocation"]), place["region"]


def sarif(text):
    log = json.loads(text)
    typed(log, "sarifLog", ["version", "runs"], ["$schema"])
    assert log["version"] == "2.1.0" and len(log["runs"]) == 1
    run = typed(log["runs"][0], "run", ["tool", "results"], ["columnKind", "invocations"])
    assert run["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
    driver = typed(run["tool"], "tool", ["driver"])["driver"]
    typed(driver, "toolComponent", ["name"], ["rules", "version"])
    for rule in driver["rules"]:
        typed(rule, "reportingDescriptor", ["id"],
              ["shortDescription", "fullDescription", "help", "defaultConfiguration"])
        for key in ("shortDescription", "fullDescription", "help"):
            message(rule[key])
        typed(rule["defaultConfiguration"], "reportingConfiguration", [], ["level", "enabled"])
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(ids) == len(set(ids))
    for call in run["invocations"]:
        typed(call, "invocation", ["executionSuccessful"], ["exitCode"])
    seen = set()
    for result in run["results"]:
        file, place = check_result(result, driver["rules"])
        seen.add((result["ruleId"], tuple(result["partialFingerprints"].values())))
        if result["ruleId"] == "add-index-non-concurrent":
            print(file, place["startLine"], place["startColumn"], place["endColumn"],
                  [s["justification"] for s in result["suppressions"]])
    assert len(seen) == len(run["results"])


def github(text):
    """As the runner reads it: a command is a line, its properties end at commas, its text at the
    line's end."""
    def plain(value):
        for code, char in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
            value = value.replace(code, char)
        return value
    lines = text.rstrip("\n").split("\n")
    assert not lines[-1].startswith("::")
    for line in lines[:-1]:
        match = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        assert match, line
        assert not re.search(r"[\x00-\x1f]", line), line
        properties = dict(p.split("=", 1) for p in match[2].split(","))
        assert set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        if properties["title"] == "add-index-non-concurrent":
            first = plain(match[3]).split("\n")[0]
            assert NAME in first, first
            print(match[1], plain(properties["file"]), properties["line"], properties["col"])


def junit(text):
    root = xml.etree.ElementTree.fromstring(text)
    assert root.tag == "testsuites"
    total = 0
    for suite in root:
        cases = suite.findall("testcase")
        total += len(cases)
        assert int(suite.get("tests")) == len(cases) > 0
        assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))
        assert int(suite.get("skipped")) == len(suite.findall("testcase/skipped"))
        for case in cases:
            assert case.get("name") and case.get("classname") == suite.get("name")
            failure, skipped = case.find("failure"), case.find("skipped")
            if failure is not None:
                assert NAME in failure.get("message") and NAME in failure.text
                print(suite.get("name"), "fails:", case.get("name"))
            if skipped is not None:
                print(suite.get("name"), "skips:", case.get("name"), skipped.get("message"))
    assert int(root.get("tests")) == total


def markdown(text):
    inside = None
    for line in text.split("\n"):
        fence = re.match(r"(`{3,})", line)
        if fence and inside is None:
            inside = fence[1]
        elif inside is not None and line == inside:
            inside = None
        elif inside is None:
            # Nothing of a name is markup, a link or a call for somebody.
            bare = re.sub(r"</?code>|@<!-- -->|&#\d+;|\\[\\`*_{}\[\]<>|#~!&]", "", line)
            assert not re.search(r"[<>`\[\]|&{}]|@\w", re.sub(r"\*\*\w+\*\*", "", bare)), line
            assert not re.search(r"[\x00-\x1f]", line), line
            if line.startswith(("**error**", "- ")):
                print(line)
    assert inside is None


{"sarif": sarif, "github": github, "junit": junit, "markdown": markdown}[sys.argv[1]](sys.stdin.read())
