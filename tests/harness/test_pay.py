"""Pay: a practice card's details, hidden wherever the call is shown."""

import json

import pytest

from ivr.harness import Exchange
from ivr.harness.call import Call
from ivr.harness.events import NotPlayed
from ivr.harness.telling import as_json, transcript_of
from tests.harness.documents import Documents, MakeApp
from tests.harness.proofs import proves, rule

AMEX = "378282246310005"


def paying(twilio: Exchange, make_app: MakeApp, document: str) -> tuple[Documents, Call]:
    app = make_app(document, paid="<Say>Bye</Say>", told="")
    return app, twilio.call(app, url="/voice")


@pytest.mark.parametrize(
    ("attributes", "keys", "expected"),
    [
        pytest.param(
            "",
            [f"{AMEX}#", "1230", "10001#", "1234"],
            {
                "Result": "success",
                "PaymentMethod": "credit-card",
                "PaymentCardNumber": "xxxxxxxxxxx0005",
                "PaymentCardType": "amex",
                "ExpirationDate": "1230",
                "PaymentCardPostalCode": "10001",
                "SecurityCode": "xxxx",
            },
            id="every field",
            marks=proves("Pay", "action"),
        ),
        pytest.param(
            'postalCode="false" chargeAmount="20.50"',
            ["4242424242424242", "1230#", "123#"],
            {"Result": "success", "PaymentCardNumber": "xxxxxxxxxxxx4242", "SecurityCode": "xxx"},
            id="a charge",
            marks=proves("Pay", "postalCode", "chargeAmount"),
        ),
        pytest.param(
            'postalCode="94105" securityCode="false"',
            ["5555555555554444", "1230"],
            {"Result": "success", "PaymentCardPostalCode": "94105"},
            id="what is given is not asked",
            marks=proves("Pay", "postalCode", "securityCode"),
        ),
        pytest.param("", ["4242*"], {"Result": "caller-interrupted-with-star"}, id="the star key"),
        pytest.param("", ["4242424242424241", "1#"], {"Result": "too-many-failed-attempts"}, id="no practice card"),
        pytest.param("", ["42424242424242422"] * 2, {"Result": "too-many-failed-attempts"}, id="a key too many"),
        pytest.param(
            'validCardTypes="visa"',
            [f"{AMEX}#"] * 2,
            {"Result": "too-many-failed-attempts", "PaymentError": "invalid-card-type"},
            id="a type not wanted",
            marks=proves("Pay", "validCardTypes"),
        ),
        pytest.param("", [f"{AMEX}#", "0120", "0120"], {"Result": "too-many-failed-attempts"}, id="an expired card"),
        pytest.param(
            "",
            [f"{AMEX}#", "1330", "13#"],
            {"Result": "too-many-failed-attempts", "PaymentError": "invalid-date"},
            id="no such month",
        ),
        pytest.param(
            'minPostalCodeLength="5"',
            [f"{AMEX}#", "1230", "123#", "123#"],
            {"Result": "too-many-failed-attempts", "PaymentError": "invalid-postal-code"},
            id="a short postal code",
            marks=proves("Pay", "minPostalCodeLength"),
        ),
        pytest.param(
            'postalCode="false"',
            [f"{AMEX}#", "1230", "123#", "123#"],
            {"Result": "too-many-failed-attempts"},
            id="amex has a code of four digits",
        ),
    ],
)
@rule("Pay", "the action is told the result, and of a card the last four digits", "voice/twiml/pay#action")
def test_what_the_action_is_told(
    twilio: Exchange, make_app: MakeApp, attributes: str, keys: list[str], expected: dict[str, str]
) -> None:
    app, call = paying(twilio, make_app, f'<Pay action="/paid" {attributes}/>')
    for each in keys:
        call.press(each)
    told = app.params("/paid")
    assert expected.items() <= told.items()
    assert ("PaymentConfirmationCode" in told) == ("chargeAmount" in attributes)
    assert ("PaymentToken" in told) == (told["Result"] == "success" and "chargeAmount" not in attributes)
    assert call.heard[-1] == "Bye"


@rule("Pay", "no key of a card is shown anywhere", "voice/twiml/pay")
def test_no_key_is_shown_anywhere(twilio: Exchange, make_app: MakeApp) -> None:
    app, call = paying(twilio, make_app, '<Pay action="/paid" postalCode="false" statusCallback="/told"/>')
    call.press(AMEX + "#").say("three seven eight two").press("1230#").press("9876#")
    shown = transcript_of(call.transcript) + json.dumps([as_json(event) for event in call.transcript]) + str(app.asked)
    assert AMEX not in shown
    assert "9876" not in shown
    assert "three seven" not in shown
    assert f"YOU   press {'x' * 16}" in shown


@proves("Pay", "statusCallback", "statusCallbackMethod")
def test_the_status_callback_is_told_of_each_step(twilio: Exchange, make_app: MakeApp) -> None:
    callback = 'statusCallback="/told" statusCallbackMethod="GET"'
    document = f'<Pay action="/paid" postalCode="false" securityCode="false" {callback}/>'
    app, call = paying(twilio, make_app, document)
    call.wait().press(f"{AMEX}#").press("1230")
    told = [params for method, path, params in app.asked if (method, path) == ("GET", "/told")]
    steps = [(each["For"], each["Attempt"], each.get("ErrorType")) for each in told[:-1]]
    assert steps == [
        ("payment-card-number", "1", None),
        ("payment-card-number", "2", "input-timeout"),
        ("expiration-date", "1", None),
    ]
    assert told[2]["PaymentCardNumber"] == "xxxxxxxxxxx0005"
    assert told[-1]["PaymentToken"] == app.params("/paid")["PaymentToken"]


def test_keys_are_shown_again_afterwards(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app('<Pay action="/paid"/>', paid='<Gather numDigits="2" action="/next"/>', next="<Hangup/>")
    call = twilio.call(app, url="/voice").press("*").press("42")
    assert app.params("/next")["Digits"] == "42"
    assert "press 42" in transcript_of(call.transcript)


@proves("Prompt", "for", "errorType", "attempt", "cardType")
@proves("Pay", "maxAttempts")
@rule("Pay", "of the prompts the one that says most about the moment is heard", "voice/twiml/pay/prompt")
def test_each_attempt_has_the_prompt_that_fits_best(twilio: Exchange, make_app: MakeApp) -> None:
    prompts = """
        <Prompt for="payment-card-number"><Say>Card</Say></Prompt>
        <Prompt for="payment-card-number" errorType="timeout"><Say>Nothing</Say></Prompt>
        <Prompt for="payment-card-number" errorType="invalid-card-number" attempt="3"><Say>Wrong again</Say></Prompt>
        <Prompt for="security-code" cardType="visa"><Say>Three</Say></Prompt>
        <Prompt for="security-code" cardType="amex"><Say>Four</Say></Prompt>
        <Prompt for="payment-processing"><Say>Wait</Say></Prompt>
    """
    app, call = paying(twilio, make_app, f'<Pay action="/paid" maxAttempts="2" postalCode="false">{prompts}</Pay>')
    call.wait().press("1234#").press(f"{AMEX}#").press("1230#").press("1234#")
    assert [*call.heard[:3], *call.heard[4:]] == ["Card", "Nothing", "Wrong again", "Four", "Wait", "Bye"]
    assert app.params("/paid")["Result"] == "success"


@proves("Pay", "maxAttempts", "timeout")
def test_silence_uses_up_the_attempts(twilio: Exchange, make_app: MakeApp) -> None:
    prompt = '<Prompt for="payment-card-number"><Pause length="1"/></Prompt>'
    voice = f'<Pay action="/paid" maxAttempts="2" timeout="3">{prompt}</Pay>'
    app, call = paying(twilio, make_app, voice)
    call.wait().wait().wait()
    assert [event.at for event in call.requests if event.url.endswith("/paid")] == [3 * (1 + 3)]
    assert app.params("/paid")["Result"] == "too-many-failed-attempts"


def test_after_an_attempt_that_failed_it_says_sorry(twilio: Exchange, make_app: MakeApp) -> None:
    app, call = paying(twilio, make_app, '<Pay action="/paid"/>')
    call.wait().wait()
    assert app.params("/paid")["Result"] == "too-many-failed-attempts"
    assert call.heard[1].startswith("Sorry")


def test_hanging_up_is_told(twilio: Exchange, make_app: MakeApp) -> None:
    app, call = paying(twilio, make_app, '<Pay action="/paid"/>')
    call.press(f"{AMEX}#").hang_up()
    assert app.params("/paid")["Result"] == "caller-hung-up"


def test_without_an_action_the_next_verb(twilio: Exchange, make_app: MakeApp) -> None:
    _, call = paying(twilio, make_app, "<Pay/><Say>Next</Say>")
    assert call.press("*").heard[-1] == "Next"


BANK = '<Pay action="/paid" paymentMethod="ach-debit" bankAccountType="consumer-savings" statusCallback="/told"/>'


@proves("Pay", "paymentMethod", "bankAccountType")
def test_a_bank_account(twilio: Exchange, make_app: MakeApp) -> None:
    app, call = paying(twilio, make_app, BANK)
    call.press("123456789#").press("110000000#").press("000123456789#")
    told = app.params("/paid")
    assert told["Result"] == "success"
    assert (told["BankRoutingNumber"], told["BankAccountNumber"]) == ("110000000", "**********89")
    assert (told["BankAccountType"], told["PaymentMethod"]) == ("consumer-savings", "ach-debit")
    steps = [params for _, path, params in app.asked if path == "/told"]
    assert [each.get("ErrorType") for each in steps[:3]] == [None, "invalid-bank-routing-number", None]
    assert "000123456789" not in transcript_of(call.transcript) + str(app.asked)


TWICE = """
    <Prompt for="bank-account-number"><Say>Account</Say></Prompt>
    <Prompt for="bank-account-number" requireMatchingInputs="true"><Say>Again</Say></Prompt>
    <Prompt for="bank-account-number" errorType="input-matching-failed"><Say>Not the same</Say></Prompt>
"""


@proves("Prompt", "requireMatchingInputs")
@pytest.mark.parametrize(
    ("keys", "heard", "result"),
    [
        pytest.param(["000123456789#"] * 2, ["Account", "Again"], "success", id="the same"),
        pytest.param(
            ["000123456789#", "000222222227#", "000123456789#", "000123456789#"],
            ["Account", "Again", "Not the same", "Again"],
            "success",
            id="once not the same",
        ),
        pytest.param(
            ["000123456789#", "1#"] * 2,
            ["Account", "Again", "Not the same", "Again"],
            "too-many-failed-attempts",
            id="never the same",
        ),
    ],
)
def test_an_entry_can_be_wanted_twice(
    twilio: Exchange, make_app: MakeApp, keys: list[str], heard: list[str], result: str
) -> None:
    app, call = paying(twilio, make_app, f'<Pay action="/paid" paymentMethod="ach-debit">{TWICE}</Pay>')
    call.press("110000000#")
    for each in keys:
        call.press(each)
    assert list(call.heard[1 : len(heard) + 1]) == heard
    told = app.params("/paid")
    assert told["Result"] == result
    assert told.get("PaymentError") == ("input-matching-failed" if result != "success" else None)


@proves("Pay", "chargeAmount")
@pytest.mark.parametrize("amount", ["-0.5", "1000000.01", "free", "NaN"])
def test_an_amount_that_cannot_be_charged(twilio: Exchange, make_app: MakeApp, amount: str) -> None:
    app, _ = paying(twilio, make_app, f'<Pay action="/paid" chargeAmount="{amount}"/>')
    told = app.params("/paid")
    assert told["Result"] == "validation-error"
    assert told["PaymentError"].startswith(f"paymentAmount='{amount}'")


@proves("Pay", "tokenType")
@pytest.mark.parametrize(("kind", "shape"), [("one-time", "tok_"), ("reusable", "tok_"), ("payment-method", "pm_")])
def test_the_token_is_of_its_type(twilio: Exchange, make_app: MakeApp, kind: str, shape: str) -> None:
    app, call = paying(
        twilio, make_app, f'<Pay action="/paid" tokenType="{kind}" postalCode="false" securityCode="false"/>'
    )
    call.press(f"{AMEX}#").press("1230")
    assert app.params("/paid")["PaymentToken"].startswith(shape)


@proves("Pay", "paymentConnector", "chargeAmount", "currency", "description")
@proves("Pay/Parameter", "name")
def test_what_the_payment_service_would_get_is_shown(twilio: Exchange, make_app: MakeApp) -> None:
    parameter = '<Parameter name="invoice" value="17"/>'
    document = f'<Pay paymentConnector="Shop" chargeAmount="20.50" currency="eur" description="Fee">{parameter}</Pay>'
    _, call = paying(twilio, make_app, document)
    call.press("4242424242424242#").press("1230").press("10001#").press("123")
    shown = "<Pay> to Shop: charge 20.50 eur for 'Fee', invoice"
    assert [event.what for event in call.transcript if isinstance(event, NotPlayed)] == [shown]


def test_keys_that_come_late_are_hidden_too(twilio: Exchange, make_app: MakeApp) -> None:
    app = make_app('<Pay action="/paid"/>', paid="<Say>That was no card that we can take.</Say><Gather/>")
    call = twilio.call(app, url="/voice").press("4242#").press("4242424242424241", listen_for=0.6).press("9876")
    assert app.params("/paid")["Result"] == "too-many-failed-attempts"
    assert "9876" not in transcript_of(call.transcript)


def test_keys_are_hidden_on_every_leg_they_go_through(twilio: Exchange, make_app: MakeApp) -> None:
    shop = make_app('<Pay action="/paid" postalCode="false"/>', paid="<Say>Bye</Say>")
    twilio.number("+14155550103", shop, url="/voice")
    call = twilio.call(make_app("<Dial>+14155550103</Dial>"), url="/voice")
    call.press(f"{AMEX}#").wait(8).press("1230#").wait(8).press("9876#").wait(3)
    assert shop.params("/paid")["Result"] == "success"
    shown = "".join(transcript_of(each.transcript) for each in twilio.calls)
    assert f"press {'x' * 15}" in transcript_of(call.transcript)
    assert "9876" not in shown
    assert all(f"♪     {key}\n" not in shown for key in "0123456789")
