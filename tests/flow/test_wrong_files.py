"""Wrong files: what each is told, and at which line. Every case changes one thing in the small centre."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from ivr.errors import FlowError
from ivr.flow.centre import load_centre

MAIN, IDENTIFY = "lines/main.yaml", "shared/identify.yaml"
DEPARTMENTS, MEMBERS, DIRECTORY = "departments.yaml", "members.yaml", "directory.yaml"


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """`old` becomes `new` in `file` (all of it where `old` is empty), `extra` is added; `told` is every problem."""

    name: str
    file: str
    old: str
    new: str
    told: tuple[str, ...]
    extra: str = ""


WRONG = (
    Wrong(
        name="not-yaml",
        file=MAIN,
        old="title: The main line",
        new="title: [The main line",
        told=("lines/main.yaml:3: is not YAML: while parsing a flow sequence expected ',' or ']', but got ':'",),
    ),
    Wrong(
        name="tab",
        file=MAIN,
        old="title: The main line",
        new="title: The main line\n\tx: y",
        told=(
            "lines/main.yaml:3: is not YAML: while scanning for the next token found character '\\t' that cannot start any token",
        ),
    ),
    Wrong(
        name="duplicate-key",
        file=MAIN,
        old="start: hello",
        new="start: hello\nstart: menu",
        told=("lines/main.yaml:4: the key 'start' stands here again, first on line 3",),
    ),
    Wrong(name="empty-file", file=MAIN, old="", new="", told=("lines/main.yaml:1: is empty",)),
    Wrong(
        name="a-list",
        file=MAIN,
        old="",
        new="- a\n- b\n",
        told=("lines/main.yaml:1: the file: expected keys with values, not a list",),
    ),
    Wrong(
        name="unknown-key",
        file=MAIN,
        old="start: hello",
        new="start: hello\nstrat: menu",
        told=(
            "lines/main.yaml:4: unknown key 'strat', expected one of language, voice, silence, barge_in, recognition, no_input, no_match, escape, universals, help, flow, title, kind, start, main_menu, limit, links, sayings, nodes",
        ),
    ),
    Wrong(
        name="unknown-key-in-node",
        file=MAIN,
        old="    again: Lost",
        new="    agian: Lost",
        told=(
            "lines/main.yaml:26: unknown key 'agian' in menu, expected one of language, voice, silence, barge_in, recognition, no_input, no_match, escape, universals, help, kind, prompt, again, options, links",
        ),
    ),
    Wrong(
        name="unknown-kind",
        file=MAIN,
        old="    kind: say\n    prompt: Welcome.",
        new="    kind: speak\n    prompt: Welcome.",
        told=(
            "lines/main.yaml:19: unknown kind 'speak', expected one of menu, collect, say, transfer, decide, enter, return, message, callback, hang_up, dial",
        ),
    ),
    Wrong(
        name="missing-kind",
        file=MAIN,
        old="    kind: say\n    prompt: Welcome.",
        new="    prompt: Welcome.",
        told=("lines/main.yaml:19: the key 'kind' is missing in hello",),
    ),
    Wrong(
        name="missing-prompt",
        file=MAIN,
        old="    prompt: Welcome.\n",
        new="",
        told=("lines/main.yaml:19: the key 'prompt' is missing in hello",),
    ),
    Wrong(
        name="empty-prompt",
        file=MAIN,
        old="prompt: Welcome.",
        new="prompt: []",
        told=("lines/main.yaml:21: prompt: expected at least one, not an empty list",),
    ),
    Wrong(
        name="bad-number",
        file=MAIN,
        old="ask: 2",
        new="ask: two",
        told=("lines/main.yaml:8: ask: expected a whole number, not 'two'",),
    ),
    Wrong(
        name="out-of-range",
        file=MAIN,
        old="ask: 2",
        new="ask: 1",
        told=("lines/main.yaml:8: ask: 1 is out of range, expected at least 2",),
    ),
    Wrong(
        name="bad-switch",
        file=MAIN,
        old="help: You can",
        new="barge_in: perhaps\nhelp: You can",
        told=("lines/main.yaml:5: barge_in: expected on or off, not 'perhaps'",),
    ),
    Wrong(
        name="bad-entry",
        file=MAIN,
        old="entry: date",
        new="entry: dates",
        told=(
            "lines/main.yaml:43: entry: 'dates' is not known, expected one of digits, date, time, currency, number, text, alphanumeric, phone, card_number, card_code, ssn_last4, tax_id_last4, pin, zip, reservation, dialled_number",
        ),
    ),
    Wrong(
        name="bad-keys",
        file=MAIN,
        old='{keys: "4", topic: general',
        new='{keys: "4x", topic: general',
        told=("lines/main.yaml:31: keys: '4x' is not allowed, expected keys of a telephone: 0-9 * #",),
    ),
    Wrong(
        name="bad-node-name",
        file=MAIN,
        old="  leave_word:",
        new="  Leave-Word:",
        told=(
            "lines/main.yaml:60: the key 'Leave-Word' is not allowed, expected lower-case letters, digits and _, a letter first",
        ),
    ),
    Wrong(
        name="option-of-nothing",
        file=MAIN,
        old='{keys: "4", topic: general, to: agent}',
        new="{to: agent}",
        told=("lines/main.yaml:31: options 4: an option needs keys, a topic or says: nothing could choose it",),
    ),
    Wrong(
        name="skipped-by-words-and-not-optional",
        file=MAIN,
        old="    entry: date\n",
        new="    entry: date\n    skip_says: [some day]\n",
        told=("lines/main.yaml:40: collect: skip_says needs optional: on, or nothing could be skipped",),
    ),
    Wrong(
        name="line-incomplete",
        file=MAIN,
        old="limit: {failures: 5, then: agent}\n",
        new="",
        told=("lines/main.yaml:1: a line needs limit",),
    ),
    Wrong(
        name="nth-ask-without-ask",
        file=MAIN,
        old="  ask: 2\n",
        new="",
        told=("lines/main.yaml:6: escape: policy nth_ask needs the key 'ask': which ask is honoured, from 2 to 6",),
    ),
    Wrong(
        name="refusals-missing",
        file=MAIN,
        old="  refusals: [Let me try to help first.]\n",
        new="",
        told=("lines/main.yaml:6: escape: an ask that may be refused needs the key 'refusals': what is said then",),
    ),
    Wrong(
        name="detour-missing",
        file=MAIN,
        old="policy: nth_ask\n  ask: 2",
        new="policy: reason_first",
        told=("lines/main.yaml:6: escape: policy reason_first needs the key 'detour': the node an ask goes to first",),
    ),
    Wrong(
        name="bands-crossed",
        file=MAIN,
        old="help: You can",
        new="recognition: {accept: 0.3, confirm: 0.5}\nhelp: You can",
        told=("lines/main.yaml:5: recognition: confirm must not be above accept",),
    ),
    Wrong(
        name="condition-on-two",
        file=MAIN,
        old="when: {slot: member.roadside, equals: yes}",
        new="when: {slot: member.roadside, equals: yes, open: travel}",
        told=("lines/main.yaml:50: when: a condition asks about one thing, expected one of slot, open, counter",),
    ),
    Wrong(
        name="condition-untested",
        file=MAIN,
        old="when: {slot: member.roadside, equals: yes}",
        new="when: {slot: member.roadside}",
        told=("lines/main.yaml:50: when: a condition on a slot needs one of equals, one_of, filled",),
    ),
    Wrong(
        name="length-crossed",
        file=MAIN,
        old="    entry: date",
        new="    entry: digits\n    length: {min: 6, max: 4}",
        told=("lines/main.yaml:44: length: min 6 is above max 4",),
    ),
    Wrong(
        name="unknown-target",
        file=MAIN,
        old="then: menu\n  menu:",
        new="then: mneu\n  menu:",
        told=(
            "lines/main.yaml:22: unknown node 'mneu', expected one of hello, menu, who, welcome_back, card, when, cards, travel, leave_word, call_back, agent",
        ),
    ),
    Wrong(
        name="unknown-flow",
        file=MAIN,
        old="flow: identify",
        new="flow: identity",
        told=("lines/main.yaml:34: unknown shared flow 'identity', expected one of identify",),
    ),
    Wrong(
        name="unknown-shared-target",
        file=MAIN,
        old="then: call_back}\n    no_match",
        new="then: nowhere.call_back}\n    no_match",
        told=("lines/main.yaml:65: unknown shared flow 'nowhere', expected one of identify",),
    ),
    Wrong(
        name="unknown-department",
        file=MAIN,
        old="department: cards\n    prompt",
        new="department: crads\n    prompt",
        told=("lines/main.yaml:54: unknown department 'crads', expected one of cards, travel, general",),
    ),
    Wrong(
        name="unknown-topic",
        file=MAIN,
        old="topic: general",
        new="topic: generals",
        told=(
            "lines/main.yaml:31: unknown topic 'generals', expected one of lost-stolen, travel, general, billing, repeat, back, main-menu, help, representative, yes, no, skip, callback",
        ),
    ),
    Wrong(
        name="unknown-outcome",
        file=MAIN,
        old="verified: welcome_back, failed: agent",
        new="verified: welcome_back, failed: agent, lost: agent",
        told=("lines/main.yaml:35: identify never returns 'lost', expected one of verified, failed",),
    ),
    Wrong(
        name="outcome-unbound",
        file=MAIN,
        old="verified: welcome_back, failed: agent",
        new="verified: welcome_back",
        told=("lines/main.yaml:35: identify may return 'failed', but nothing here says where to go then",),
    ),
    Wrong(
        name="closed-missing",
        file=MAIN,
        old="    department: travel\n    closed: leave_word",
        new="    department: travel",
        told=(
            "lines/main.yaml:56: travel closes at night, so this transfer needs the key 'closed': where callers go then",
        ),
    ),
    Wrong(
        name="unreachable",
        file=MAIN,
        old="  agent:\n    kind: transfer",
        new="  attic: {kind: say, prompt: Up here., then: agent}\n  agent:\n    kind: transfer",
        told=("lines/main.yaml:70: no call can come to the node 'attic'",),
    ),
    Wrong(
        name="never-ends",
        file=MAIN,
        old='{keys: "1", topic: lost-stolen, to: cards}',
        new='{keys: "1", topic: lost-stolen, to: loop_one}',
        extra="  loop_one: {kind: say, prompt: Round., then: loop_two}\n  loop_two: {kind: say, prompt: And round., then: loop_one}\n",
        told=(
            "lines/main.yaml:52: no call can come to the node 'cards'",
            "lines/main.yaml:73: from the node 'loop_one' the call can never end",
            "lines/main.yaml:73: a caller who stays silent would go round for ever between main.loop_one, main.loop_two",
            "lines/main.yaml:73: a caller who is never understood would go round for ever between main.loop_one, main.loop_two",
            "lines/main.yaml:74: from the node 'loop_two' the call can never end",
        ),
    ),
    Wrong(
        name="silent-round",
        file=MAIN,
        old="  reprompts: [I didn't hear you., Still nothing.]\n  then: agent",
        new="  reprompts: [I didn't hear you., Still nothing.]\n  then: hello",
        told=("lines/main.yaml:23: a caller who stays silent would go round for ever between main.hello, main.menu",),
    ),
    Wrong(
        name="ladder-hangs-up",
        file=MAIN,
        old="  reprompts: [I didn't get that., Let's try once more.]\n  then: agent",
        new="  reprompts: [I didn't get that., Let's try once more.]\n  then: bye",
        extra="  bye: {kind: hang_up, prompt: Goodbye.}\n",
        told=(
            "lines/main.yaml:17: this ladder ends in a bare hang-up (main.bye), expected a way to a transfer, callback or message",
        ),
    ),
    Wrong(
        name="limit-hangs-up",
        file=MAIN,
        old="limit: {failures: 5, then: agent}",
        new="limit: {failures: 5, then: bye}",
        extra="  bye: {kind: hang_up, prompt: Goodbye.}\n",
        told=(
            "lines/main.yaml:11: this ladder ends in a bare hang-up (main.bye), expected a way to a transfer, callback or message",
        ),
    ),
    Wrong(
        name="no-ladder",
        file=MAIN,
        old="no_match:\n  reprompts: [I didn't get that., Let's try once more.]\n  then: agent\n",
        new="",
        told=(
            "lines/main.yaml:20: no no_match ladder is in force here; give the flow or the node one, with 'reprompts' and 'then'",
            "lines/main.yaml:37: no no_match ladder is in force here; give the flow or the node one, with 'reprompts' and 'then'",
        ),
    ),
    Wrong(
        name="duplicate-menu-key",
        file=MAIN,
        old='{keys: "4", topic: general',
        new='{keys: "3", topic: general',
        told=(
            "lines/main.yaml:25: the prompt offers 4, which is not bound here, expected one of #, *, 0, 1, 2, 3",
            "lines/main.yaml:25: the prompt offers 'identify yourself', but saying so is not understood; add it to the option's says",
            "lines/main.yaml:31: option 4 is bound to 3, which is option 3 already",
        ),
    ),
    Wrong(
        name="universal-key-taken",
        file=MAIN,
        old='{keys: "4", topic: general',
        new='{keys: "0", topic: general',
        told=(
            "lines/main.yaml:25: the prompt offers 4, which is not bound here, expected one of #, *, 0, 1, 2, 3",
            "lines/main.yaml:31: option 4 is bound to 0, which is the universal representative already",
            "lines/main.yaml:31: 0 is bound, but the prompt never offers it; offer it, or mark the option hidden",
        ),
    ),
    Wrong(
        name="prefix",
        file=MAIN,
        old='{keys: "4", topic: general',
        new='{keys: "41", topic: general',
        told=(
            "lines/main.yaml:25: the prompt offers 4, which is not bound here, expected one of #, *, 0, 1, 2, 3, 41",
            "lines/main.yaml:31: 41 is bound, but the prompt never offers it; offer it, or mark the option hidden",
        ),
    ),
    Wrong(
        name="prefix-conflict",
        file=MAIN,
        old='{keys: "4", topic: general',
        new='{keys: "11", topic: general',
        told=(
            "lines/main.yaml:25: the prompt offers 4, which is not bound here, expected one of #, *, 0, 1, 11, 2, 3",
            "lines/main.yaml:31: option 4 on 11 and option 1 on 1: 1 starts 11, so 11 could never be keyed",
            "lines/main.yaml:31: 11 is bound, but the prompt never offers it; offer it, or mark the option hidden",
        ),
    ),
    Wrong(
        name="offers-unbound",
        file=MAIN,
        old="For other inquiries, press 4.",
        new="For other inquiries, press 5.",
        told=(
            "lines/main.yaml:25: the prompt offers 5, which is not bound here, expected one of #, *, 0, 1, 2, 3, 4",
            "lines/main.yaml:31: 4 is bound, but the prompt never offers it; offer it, or mark the option hidden",
        ),
    ),
    Wrong(
        name="never-offered",
        file=MAIN,
        old=" For other inquiries, press 4.",
        new="",
        told=("lines/main.yaml:31: 4 is bound, but the prompt never offers it; offer it, or mark the option hidden",),
    ),
    Wrong(
        name="offered-words-unknown",
        file=MAIN,
        old="For travel, press 2",
        new="For sandwiches, press 2",
        told=(
            "lines/main.yaml:25: the prompt offers 'sandwiches', but saying so is not understood; add it to the option's says",
        ),
    ),
    Wrong(
        name="offered-words-other",
        file=MAIN,
        old="For travel, press 2. To identify yourself, press 3",
        new="For travel, press 3. To identify yourself, press 2",
        told=(
            "lines/main.yaml:25: the prompt offers 'travel', but saying so is taken as press_2; add it to the option's says",
            "lines/main.yaml:25: the prompt offers 'identify yourself', but saying so is taken as press_3; add it to the option's says",
        ),
    ),
    Wrong(
        name="words-clash",
        file=MAIN,
        old="says: [identify yourself, identify myself]",
        new="says: [identify yourself, travel]",
        told=(
            "lines/main.yaml:25: the prompt offers 'travel', but saying so is not understood; add it to the option's says",
            "lines/main.yaml:29: 'travel' would be answered by option 2 and by option 3 alike",
            "lines/main.yaml:30: 'travel' would be answered by option 3 and by option 2 alike",
        ),
    ),
    Wrong(
        name="unknown-slot",
        file=MAIN,
        old="Thank you, {member.first_name}",
        new="Thank you, {member.firstname}",
        told=(
            "lines/main.yaml:38: unknown slot 'member.firstname', expected one of card, code, member.balance, member.card_ending, member.due, member.first_name, member.name, member.new_card, member.points, member.product, member.roadside, reason, when",
        ),
    ),
    Wrong(
        name="lone-brace",
        file=MAIN,
        old="Thank you, {member.first_name}",
        new="Thank you, {member.first_name",
        told=("lines/main.yaml:38: a brace stands alone; a slot is written {slot}",),
    ),
    Wrong(
        name="unknown-slot-condition",
        file=MAIN,
        old="when: {slot: member.roadside, equals: yes}",
        new="when: {slot: resaon, equals: yes}",
        told=(
            "lines/main.yaml:50: unknown slot 'resaon', expected one of card, code, member.balance, member.card_ending, member.due, member.first_name, member.name, member.new_card, member.points, member.product, member.roadside, reason, when",
        ),
    ),
    Wrong(
        name="weak-mask",
        file=IDENTIFY,
        old="    entry: card_code",
        new="    entry: card_code\n    mask: none",
        told=("shared/identify.yaml:19: an entry of card_code may not be kept with mask none, expected one of hidden",),
    ),
    Wrong(
        name="secret-read-back",
        file=IDENTIFY,
        old="    entry: card_code",
        new="    entry: card_code\n    confirm: You said {value}?",
        told=("shared/identify.yaml:19: a hidden entry is never read aloud; leave the key 'confirm' out",),
    ),
    Wrong(
        name="fixed-length",
        file=IDENTIFY,
        old="    entry: card_code",
        new="    entry: card_code\n    length: 3",
        told=("shared/identify.yaml:19: an entry of card_code always has 4 digits; leave the key 'length' out",),
    ),
    Wrong(
        name="endless-entry",
        file=MAIN,
        old="    entry: date",
        new="    entry: digits\n    finish_key: none",
        told=("lines/main.yaml:44: nothing ends this entry, expected a length or a finish_key",),
    ),
    Wrong(
        name="nothing-to-return-to",
        file=MAIN,
        old="limit: {failures: 5, then: agent}",
        new="limit: {failures: 5, then: identify.verified}",
        told=(
            "shared/identify.yaml:21: main can jump here, and then there is nothing to return to; enter the flow instead",
        ),
    ),
    Wrong(
        name="round-of-flows",
        file=IDENTIFY,
        old="  verified: {kind: return, outcome: verified}",
        new="  verified: {kind: enter, flow: identify, returns: {verified: failed, failed: failed}}",
        told=(
            "lines/main.yaml:35: identify never returns 'verified', expected one of failed",
            "shared/identify.yaml:21: identify never returns 'verified', expected one of failed",
            "shared/identify.yaml:21: entering identify here leads round to identify again, so the call could never come back",
        ),
    ),
    Wrong(
        name="unused-shared-flow",
        file=MAIN,
        old="    kind: enter\n    flow: identify\n    returns: {verified: welcome_back, failed: agent}",
        new="    kind: say\n    prompt: Hello.\n    then: welcome_back",
        told=("shared/identify.yaml:1: no line uses the shared flow 'identify'",),
    ),
    Wrong(
        name="bad-hours",
        file=DEPARTMENTS,
        old="weekdays: 08:00-18:00",
        new="weekdays: 8-18",
        told=("departments.yaml:11: hours: '8-18' are no hours, expected HH:MM-HH:MM such as 08:00-20:00",),
    ),
    Wrong(
        name="backward-hours",
        file=DEPARTMENTS,
        old="weekdays: 08:00-18:00",
        new="weekdays: 18:00-08:00",
        told=(
            "departments.yaml:11: hours: '18:00-08:00' ends before it begins; a night is written as two days' hours",
        ),
    ),
    Wrong(
        name="bad-day",
        file=DEPARTMENTS,
        old="weekdays: 08:00-18:00",
        new="workdays: 08:00-18:00",
        told=(
            "departments.yaml:11: hours: 'workdays' are no days, expected some of weekdays, weekend, daily, monday, tuesday, wednesday, thursday, friday, saturday, sunday, or always",
        ),
    ),
    Wrong(
        name="bad-zone",
        file=DEPARTMENTS,
        old="callback: true",
        new="callback: true\n    time_zone: America/Newyork",
        told=(
            "departments.yaml:8: time_zone: 'America/Newyork' is no time zone, expected a name such as America/New_York",
        ),
    ),
    Wrong(
        name="wait-crossed",
        file=DEPARTMENTS,
        old="{shortest: 40, longest: 40}",
        new="{shortest: 40, longest: 4}",
        told=("departments.yaml:5: wait: shortest 40 is above longest 4",),
    ),
    Wrong(
        name="real-card",
        file=MEMBERS,
        old='"378282246310005"',
        new='"378282246310013"',
        told=(
            "members.yaml:5: card_number: only public test numbers may stand here, expected one of 370000000000002, 371449635398431, 378282246310005, 378734493671000",
        ),
    ),
    Wrong(
        name="real-phone",
        file=MEMBERS,
        old='"2125550101"',
        new='"2125551234"',
        told=("members.yaml:9: phone: expected ten digits ending in 555-0100 to 555-0199, which belong to nobody",),
    ),
    Wrong(
        name="shared-digits",
        file=MEMBERS,
        old='"378734493671000"',
        new='"378282246310005"',
        told=("members.yaml:20: robin and pat share a card_number, so it could not tell them apart",),
    ),
    Wrong(
        name="member-without-digits",
        file=MEMBERS,
        old='    tax_id_last4: "9876"\n',
        new="",
        told=("members.yaml:17: robin: a member needs ssn_last4 or tax_id_last4",),
    ),
    Wrong(
        name="unknown-line",
        file=DIRECTORY,
        old="line: main}",
        new="line: man}",
        told=("directory.yaml:4: unknown line 'man', expected one of lobby, main",),
    ),
    Wrong(
        name="unknown-door",
        file=DIRECTORY,
        old="node: card}",
        new="node: crad}",
        told=(
            "directory.yaml:5: unknown node 'crad' in main, expected one of hello, menu, who, welcome_back, card, when, cards, travel, leave_word, call_back, agent",
        ),
    ),
    Wrong(
        name="letters-wrong",
        file=DIRECTORY,
        old="1-800-AXP-EARN",
        new="1-800-AXP-LEARN",
        told=("directory.yaml:5: letters: '1-800-AXP-LEARN' has too few or too many digits for a telephone number",),
    ),
    Wrong(
        name="number-twice",
        file=DIRECTORY,
        old="dial: 1-800-297-3276, letters: 1-800-AXP-EARN,",
        new="dial: 1-800-528-2122,",
        told=("directory.yaml:5: 1-800-528-2122 stands here twice: as General customer service and as Rewards",),
    ),
    Wrong(
        name="no-number",
        file=DIRECTORY,
        old="dial: 1-800-528-2122",
        new="dial: 12345",
        told=("directory.yaml:4: dial: '12345' has too few or too many digits for a telephone number",),
    ),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.name)
def test_a_wrong_file_is_told_every_problem_with_its_line(
    wrong: Wrong, folder_with: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_with()
    path = folder / wrong.file
    text = path.read_text()
    assert wrong.old in text
    path.write_text((text.replace(wrong.old, wrong.new, 1) if wrong.old else wrong.new) + wrong.extra)
    monkeypatch.chdir(folder)

    with pytest.raises(FlowError) as told:
        load_centre(folder)

    assert tuple(str(told.value).splitlines()) == wrong.told
