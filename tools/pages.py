#!/usr/bin/env python3
"""Man pages and completions out of what the command and the header say of themselves, so that they can't say otherwise.

usage: pages.py man RECOUPE VERB         recoupe-VERB(1), from recoupe VERB --help
       pages.py main RECOUPE FILE.in     recoupe(1): FILE.in with @VERBS@ filled in
       pages.py library HEADER FILE.in   librecoupe(3): FILE.in with @FUNCTIONS@ filled in
       pages.py bash|zsh|fish RECOUPE    a completion
       pages.py verbs FILE.c             the verbs in the command's table
       pages.py check RECOUPE VERB...    are these all verbs, and is each page whole? TAP

The form of a help page: a usage line; paragraphs; sections under a line of their own (Options, Examples); an option begins a line
with two spaces, "  --name VALUE    what it does", and goes on in lines indented further.
"""
import re
import subprocess
import sys


def ask(*command):
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def version(recoupe):
    return ask(recoupe, "--version").splitlines()[0].split()[1]


def verbs(recoupe):
    """verb, what it does"""
    return re.findall(r"^  (\w+) {2,}(.+)$", ask(recoupe, "--help"), re.M)


class Page:
    """A help page taken apart: usage, [(heading, [(kind, text, more)])], kind being paragraph, option, example."""

    def __init__(self, text):
        lines = text.rstrip("\n").split("\n")
        self.usage = lines[0].removeprefix("usage: ")
        self.sections = [("", [])]
        for line in lines[1:]:
            self.take(line)

    def take(self, line):
        parts = self.sections[-1][1]
        option = re.match(r"^  (-\S*(?:, -\S+)*(?: [A-Z][A-Z.a-z]*)*)(?:  +(\S.*))?$", line)
        if not line:
            parts.append(("break", "", ""))
        elif option:
            parts.append(("option", option[1], option[2] or ""))
        elif re.match(r"^ {8,}\S", line) and parts and parts[-1][0] == "option":
            parts[-1] = ("option", parts[-1][1], (parts[-1][2] + " " + line.strip()).strip())
        elif line.startswith("  "):
            parts.append(("example", line[2:], ""))
        elif re.fullmatch(r"[A-Z][a-z]+( [a-z]+)?", line):
            self.sections.append((line, []))
        else:
            parts.append(("paragraph", line, ""))

    def options(self):
        return [(names, does) for _, parts in self.sections for kind, names, does in parts if kind == "option"]


# ------------------------------------------------------------------------------------------------------------------ man


def roff(text):
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga").replace("^", "\\(ha").replace("~", "\\(ti")
    return "\\&" + text if text.startswith(".") else text


def tag(names):
    """-o, --output FILE with the value in italics"""
    words = []
    for word in names.split(" "):
        words.append(("\\fB%s\\fR" if word.startswith("-") else "\\fI%s\\fR") % roff(word.rstrip(",")) + ("," if word.endswith(",") else ""))
    return " ".join(words)


def put_parts(parts, out):
    last = "break"
    for kind, text, more in parts:
        if kind == "example" and last != "example":
            out.append(".PP\n.EX")
        if kind != "example" and last == "example":
            out.append(".EE")
        if kind == "paragraph":
            out.append((".PP\n" if last in ("break", "option", "example") else "") + roff(text))
        elif kind == "option":
            out.append(".TP\n" + tag(text) + "\n" + roff(more))
        elif kind == "example":
            out.append(roff(text))
        last = kind
    if last == "example":
        out.append(".EE")


def man(recoupe, verb):
    page = Page(ask(recoupe, verb, "--help"))
    does = dict(verbs(recoupe))[verb]
    out = [f'.TH RECOUPE\\-{verb.upper()} 1 "" "recoupe {version(recoupe)}" "User Commands"', ".SH NAME",
           f"recoupe\\-{verb} \\- {roff(does)}", ".SH SYNOPSIS"]
    words = page.usage.split(" ")
    out.append(f"\\fB{roff(' '.join(words[:2]))}\\fR " + " ".join(f"\\fI{roff(w)}\\fR" if w.isupper() or "[" in w or "." in w else f"\\fB{roff(w)}\\fR" for w in words[2:]))
    out.append(".SH DESCRIPTION")
    for heading, parts in page.sections:
        if heading:
            out.append(f".SH {heading.upper()}")
        put_parts(parts, out)
    others = ", ".join(f"\\fBrecoupe\\-{name}\\fR(1)" for name, _ in verbs(recoupe) if name != verb)
    out += [".SH SEE ALSO", f"\\fBrecoupe\\fR(1), {others}, \\fBrecoupe\\-dossier\\fR(5), \\fBlibrecoupe\\fR(3)"]
    return "\n".join(out) + "\n"


def main_page(recoupe, path):
    listed = "".join(f".TP\n.B {name}\n{roff(does)}: \\fBrecoupe\\-{name}\\fR(1)\n" for name, does in verbs(recoupe))
    with open(path, encoding="utf-8") as f:
        return f.read().replace("@VERBS@\n", listed).replace("@VERSION@", version(recoupe))


def library(header, path):
    """The header's sections: comments become paragraphs (indented lines of code stay), declarations examples."""
    with open(header, encoding="utf-8") as f:
        text = f.read()
    body = text[text.index("/* ---"):text.rindex("#ifdef __cplusplus")]
    out = []
    for section in re.split(r"^/\* -{20,} (.*?) \*/$", body, flags=re.M)[1:]:
        if re.fullmatch(r"[a-z ]+", section):
            out.append(f".SS {section.capitalize()}")
            continue
        for comment, code in re.findall(r"/\*(.*?)\*/|((?:^(?!/\*).*\S.*$\n?)+)", section, flags=re.S | re.M):
            if comment:
                lines = [re.sub(r"^ ?\* ?", "", x) for x in comment.strip().split("\n")]
                out.append(".PP")
                is_code = False
                for line in lines:
                    if line.startswith("    ") != is_code:
                        is_code = not is_code
                        out.append(".EX" if is_code else ".EE")
                    out.append(roff(line) if line.strip() else ".PP")
                if is_code:
                    out.append(".EE")
            elif code.strip():
                out += [".PP", ".EX"] + [roff(x.replace("RCP_API ", "")) for x in code.rstrip("\n").split("\n")] + [".EE"]
    with open(path, encoding="utf-8") as f:
        number = re.search(r'"(\d+\.\d+\.\d+)"', text)
        return f.read().replace("@FUNCTIONS@\n", "\n".join(out) + "\n").replace("@VERSION@", number[1] if number else "")


# ---------------------------------------------------------------------------------------------------------- completions

WORDS = {"KIND": ["auto", "text", "html", "jsonl", "warc", "feed", "ninjs"], "WHEN": ["auto", "always", "never"]}
FORMATS = ["text", "jsonld", "jsonl", "json", "html"]


def described(recoupe):
    """verb, does, [(names, value, words to choose from, does)]"""
    for verb, does in verbs(recoupe):
        options = []
        for names, what in Page(ask(recoupe, verb, "--help")).options():
            words = names.split(" ")
            flags = [w.rstrip(",") for w in words if w.startswith("-")]
            value = next((w for w in words if not w.startswith("-")), "")
            choice = WORDS.get(value, [])
            if value == "FORMAT":
                choice = [x for x in FORMATS if re.search(rf"\b{x}\b", what)]
            if "--locale" in flags:
                choice = ["fr", "en"]
            options.append((flags, value, choice, what))
        options.append((["--help"], "", [], "this verb's own page"))
        yield verb, does, options


def is_file(value):
    return value.split(".")[0] in ("FILE", "DB")


def bash(recoupe):
    out = ["# bash completion for recoupe; written by tools/pages.py from the command's own help", "_recoupe() {",
           '  local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" verb="${COMP_WORDS[1]}"', "  COMPREPLY=()",
           "  if [ \"$COMP_CWORD\" -eq 1 ]; then",
           f"    COMPREPLY=($(compgen -W '{' '.join(v for v, _ in verbs(recoupe))} --help --version' -- \"$word\"))", "    return", "  fi",
           '  case "$verb $before" in']
    names = []
    for verb, _, options in described(recoupe):
        for flags, value, choice, _ in options:
            pattern = "|".join(f"'{verb} {f}'" for f in flags)
            if choice:
                out.append(f"    {pattern}) COMPREPLY=($(compgen -W '{' '.join(choice)}' -- \"$word\")); return ;;")
            elif value == "DIR":
                out.append(f"    {pattern}) COMPREPLY=($(compgen -d -- \"$word\")); return ;;")
            elif value and not is_file(value):
                out.append(f"    {pattern}) return ;;")
        names.append(f"      {verb}) COMPREPLY=($(compgen -W '{' '.join(f for o in options for f in o[0])}' -- \"$word\")) ;;")
    out += ["  esac", '  if [[ "$word" == -* ]]; then', '    case "$verb" in'] + names + ["    esac", "    return", "  fi",
            '  COMPREPLY=($(compgen -f -- "$word"))', "}", "complete -o filenames -F _recoupe recoupe"]
    return "\n".join(out) + "\n"


def plain(text):
    return re.sub(r"['\[\]:\\\"$`]", " ", text).strip()


def zsh(recoupe):
    out = ["#compdef recoupe", "# written by tools/pages.py from the command's own help", "_recoupe() {", "  local -a verbs", "  verbs=("]
    out += [f"    '{v}:{plain(d)}'" for v, d in verbs(recoupe)] + ["  )", "  if (( CURRENT == 2 )); then", "    _describe verb verbs", "    return", "  fi",
                                                                 "  local verb=$words[2]", "  shift words; (( CURRENT-- ))", "  case $verb in"]
    for verb, _, options in described(recoupe):
        out.append(f"    {verb}) _arguments \\")
        for flags, value, choice, does in options:
            action = ""
            if value:
                kind = f"({' '.join(choice)})" if choice else "_files -/" if value == "DIR" else "_files" if is_file(value) else " "
                action = f":{value.split('.')[0]}:{kind}"
            out += [f"      '{flag}[{plain(does)}]{action}' \\" for flag in flags]
        out.append("      '*:file:_files' ;;")
    return "\n".join(out + ["  esac", "}", '_recoupe "$@"']) + "\n"


def fish(recoupe):
    names = " ".join(v for v, _ in verbs(recoupe))
    out = ["# written by tools/pages.py from the command's own help"]
    for verb, does, options in described(recoupe):
        out.append(f"complete -c recoupe -n 'not __fish_seen_subcommand_from {names}' -f -a {verb} -d '{plain(does)}'")
        for flags, value, choice, what in options:
            line = f"complete -c recoupe -n '__fish_seen_subcommand_from {verb}'"
            line += "".join(f" -l {f[2:]}" if f.startswith("--") else f" -s {f[1:]}" for f in flags)
            line += f" -x -a '{' '.join(choice)}'" if choice else " -x -a '(__fish_complete_directories)'" if value == "DIR" else " -r" if is_file(value) else " -x" if value else ""
            out.append(line + f" -d '{plain(what)}'")
    return "\n".join(out) + "\n"


# ---------------------------------------------------------------------------------------------------------------- check


def check(recoupe, listed):
    found = [v for v, _ in verbs(recoupe)]
    print(f"{'ok' if sorted(found) == sorted(listed) else 'not ok'} 1 - a man page for each verb: {' '.join(found)}")
    for n, verb in enumerate(found, 2):
        page = Page(ask(recoupe, verb, "--help"))
        bad = [x for _, parts in page.sections for x in parts if (x[0] == "option" and not x[2]) or (x[0] == "example" and not re.match(r"recoupe |curl ", x[1]))]
        good = page.options() and not bad and any(x[0] == "example" for _, parts in page.sections for x in parts)
        print(f"{'ok' if good else 'not ok'} {n} - recoupe {verb} --help: {len(page.options())} options, each said; an example")
        for x in bad:
            print(f"# {x}")
    print(f"1..{len(found) + 1}")


def names_in(path):
    with open(path, encoding="utf-8") as f:
        return "\n".join(re.findall(r'^ *\{"(\w+)", cmd_\w+,', f.read(), re.M)) + "\n"


def main():
    kind, arguments = sys.argv[1], sys.argv[2:]
    made = {"man": man, "main": main_page, "library": library, "verbs": names_in, "bash": bash, "zsh": zsh, "fish": fish}
    if kind == "check":
        check(arguments[0], arguments[1:])
    else:
        sys.stdout.write(made[kind](*arguments))


main()
