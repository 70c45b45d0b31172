"""Settings: what is read, what is refused, and that every problem is said at once."""

from pathlib import Path

import pytest

from ivr.errors import SettingsError
from ivr.stores.database import default_url
from ivr.teaching.record_store import RecordStore
from webhooks.rates import Rate, Rates
from webhooks.settings import Credentials, Limits, Settings
from webhooks.variables import VARIABLES

SID = "AC" + "0123456789abcdef" * 2
GOOD = {"TWILIO_ACCOUNT_SID": SID, "TWILIO_AUTH_TOKEN": "a secret", "IVR_PUBLIC_URL": "https://ivr.example.com"}
LOCAL = {"IVR_PUBLIC_URL": "http://localhost:5000", "IVR_VERIFY_SIGNATURES": "off"}


def problems(environ: dict[str, str]) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environ(environ)
    return [str(problem) for problem in caught.value.problems]


def test_the_least_that_is_needed() -> None:
    assert Settings.from_environ(GOOD) == Settings(
        public_url="https://ivr.example.com",
        credentials=Credentials(account_sid=SID, auth_token="a secret"),
        database=default_url(),
    )


def test_everything(tmp_path: Path) -> None:
    more = {
        "IVR_NUMBERS": " +15005550006 = 1-800-528-4800 , +15005550007,",
        "IVR_FLOWS": str(tmp_path),
        "IVR_SEED": "-7",
        "IVR_MOST_CALLS": "5",
        "IVR_MOST_BYTES": "2048",
        "IVR_MOST_FIELDS": "50",
        "IVR_MOST_TURNS": "60",
        "IVR_CALLS_PER_CALLER": "5 per minute",
        "IVR_CALLS_PER_ADDRESS": "100/Hour",
        "IVR_REFUSALS_PER_ADDRESS": "off",
        "IVR_TRUSTED_PROXIES": "2",
        "IVR_METRICS_TOKEN": "0123456789abcdef",
        "IVR_LOG_FORMAT": "JSON",
        "IVR_LOG_LEVEL": "Warning",
        "TWILIO_AUTH_TOKEN_SECONDARY": "another secret",
        "TWILIO_SHARED_KEYS": "key_1=one secret=, key_2 = two",
        "IVR_DATABASE_URL": "postgresql://ivr@db/ivr",
        "IVR_RETENTION": "30",
        "IVR_HASH_KEY": "a key of its own, kept apart",
    }
    settings = Settings.from_environ(GOOD | more)
    assert settings.numbers == {"+15005550006": "1-800-528-4800", "+15005550007": None}
    assert (settings.flows, settings.seed) == (tmp_path, -7)
    rates = Rates(
        calls_per_caller=Rate(times=5, seconds=60),
        calls_per_address=Rate(times=100, seconds=3600),
        refusals_per_address=None,
    )
    assert settings.limits == Limits(calls=5, request_bytes=2048, fields=50, turns=60, rates=rates)
    assert (settings.trusted_proxies, settings.metrics_token) == (2, "0123456789abcdef")
    assert (settings.log_format, settings.log_level) == ("json", "warning")
    assert settings.credentials is not None
    assert settings.credentials.tokens == ("a secret", "another secret")
    assert settings.credentials.shared_keys == {"key_1": "one secret=", "key_2": "two"}
    assert (settings.database, settings.retention) == ("postgresql://ivr@db/ivr", 30)
    assert settings.caller_secret == "a key of its own, kept apart"


LRS = {"IVR_LRS_URL": "https://lrs.example.com/xapi", "IVR_LRS_KEY": "key", "IVR_LRS_SECRET": "not to be told"}


def test_a_learning_record_store_has_all_of_its_three() -> None:
    assert Settings.from_environ(GOOD | LRS).lrs == RecordStore(
        url="https://lrs.example.com/xapi", key="key", secret="not to be told"
    )
    assert "not to be told" not in repr(Settings.from_environ(GOOD | LRS))
    for name in LRS:
        (problem,) = problems(GOOD | LRS | {name: ""})
        assert problem.startswith(f"{name} is missing")
        assert "not to be told" not in problem


def test_a_learning_record_store_is_told_from_a_database() -> None:
    assert problems(GOOD | LRS | {"IVR_DATABASE_URL": "memory"}) == [
        "IVR_LRS_URL is set, and IVR_DATABASE_URL is memory: attempts are told from a database"
    ]


@pytest.mark.parametrize(
    "url",
    [
        "http://lrs.example.com/xapi",
        "lrs.example.com",
        "https://key:secret@lrs.example.com",
        "https://lrs?a=1",
        "http://[",
    ],
)
def test_a_learning_record_store_that_will_not_do(url: str) -> None:
    (problem,) = problems(GOOD | LRS | {"IVR_LRS_URL": url})
    assert problem.startswith("IVR_LRS_URL will not do, expected https://")
    assert "secret" not in problem


def test_calls_may_be_kept_in_memory() -> None:
    assert Settings.from_environ(GOOD | {"IVR_DATABASE_URL": "memory"}).database is None


def test_callers_are_hidden_with_the_auth_token_where_there_is_no_key() -> None:
    assert Settings.from_environ(GOOD).caller_secret == "a secret"


def test_everything_wrong_is_said_at_once() -> None:
    wrong = {
        "TWILIO_ACCOUNT_SID": "SK123",
        "IVR_PUBLIC_URL": "http://ivr.example.com",
        "IVR_NUMBERS": "5551234",
        "IVR_FLOWS": "/no/such/folder",
        "IVR_VERIFY_SIGNATURES": "maybe",
        "IVR_SEED": "lucky",
        "IVR_MOST_CALLS": "0",
        "IVR_MOST_BYTES": "1",
        "IVR_MOST_FIELDS": "many",
        "IVR_MOST_TURNS": "1",
        "IVR_CALLS_PER_CALLER": "often",
        "IVR_CALLS_PER_ADDRESS": "0 per minute",
        "IVR_REFUSALS_PER_ADDRESS": "5 per fortnight",
        "IVR_TRUSTED_PROXIES": "10",
        "IVR_METRICS_TOKEN": "short",
        "IVR_LOG_FORMAT": "xml",
        "IVR_LOG_LEVEL": "loud",
        "TWILIO_AUTH_TOKEN_SECONDARY": "a secret",
        "TWILIO_AUTH_TOKEN": "a secret",
        "TWILIO_SHARED_KEYS": "a secret without a name",
        "IVR_DATABASE_URL": "mysql://root:password@db/ivr",
        "IVR_RETENTION": "0",
        "IVR_HASH_KEY": "short",
        "IVR_LRS_URL": "http://lrs.example.com",
    }
    named = {problem.partition(" ")[0] for problem in problems(wrong)}
    assert named == {*VARIABLES} - {"TWILIO_AUTH_TOKEN"}


def test_a_problem_says_what_would_be_right() -> None:
    assert problems(GOOD | {"IVR_VERIFY_SIGNATURES": "maybe"}) == [
        "IVR_VERIFY_SIGNATURES is 'maybe', expected on or off"
    ]


def test_an_empty_variable_is_not_set() -> None:
    assert Settings.from_environ(GOOD | {"IVR_SEED": " ", "IVR_FLOWS": ""}) == Settings.from_environ(GOOD)


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://ivr.example.com/", "https://ivr.example.com"),
        ("https://ivr.example.com/line//", "https://ivr.example.com/line"),
        ("https://ivr.example.com:8443", "https://ivr.example.com:8443"),
        ("http://localhost:5000", "http://localhost:5000"),
        ("http://127.0.0.1", "http://127.0.0.1"),
        ("http://[::1]:5000", "http://[::1]:5000"),
    ],
)
def test_public_urls_that_will_do(url: str, kept: str) -> None:
    assert Settings.from_environ(GOOD | {"IVR_PUBLIC_URL": url}).public_url == kept


@pytest.mark.parametrize(
    "url",
    [
        "ivr.example.com",
        "ftp://ivr.example.com",
        "http://ivr.example.com",
        "http://localhost.example.com",
        "https://",
        "https://ivr.example.com?x=1",
        "https://ivr.example.com/#top",
        "https://ivr.example.com:port",
        "https://ivr.example.com:99999",
        "https://[ivr",
        "https://ivr example.com",
        "https://ivr.exämple.com",
        "https://name@ivr.example.com",
    ],
)
def test_public_urls_that_will_not(url: str) -> None:
    (problem,) = problems(GOOD | {"IVR_PUBLIC_URL": url})
    assert problem.startswith("IVR_PUBLIC_URL ")


def test_without_signatures_nothing_is_needed_on_localhost() -> None:
    settings = Settings.from_environ(LOCAL)
    assert (settings.verify_signatures, settings.credentials) == (False, None)


def test_without_signatures_only_on_localhost() -> None:
    (problem,) = problems(GOOD | {"IVR_VERIFY_SIGNATURES": "off"})
    assert "anyone could pass for Twilio" in problem


def test_half_of_the_credentials_is_a_mistake_either_way() -> None:
    (problem,) = problems(LOCAL | {"TWILIO_ACCOUNT_SID": SID})
    assert problem.startswith("TWILIO_AUTH_TOKEN is missing")


@pytest.mark.parametrize("numbers", ["5005550006", "+1500555000x", "+15005550006,+15005550006", "=1-800-528-4800"])
def test_numbers_that_are_none(numbers: str) -> None:
    (problem,) = problems(GOOD | {"IVR_NUMBERS": numbers})
    assert problem.startswith("IVR_NUMBERS has ")


def test_a_secret_is_never_shown() -> None:
    secrets = {"TWILIO_AUTH_TOKEN_SECONDARY": "two secret", "IVR_METRICS_TOKEN": "for nobody, a secret"}
    assert "secret" not in repr(Settings.from_environ(GOOD | secrets | {"TWILIO_SHARED_KEYS": "key_1=a secret"}))
    assert not [problem for problem in problems(GOOD | {"TWILIO_SHARED_KEYS": "abc123xyz"}) if "abc123" in problem]
    with pytest.raises(SettingsError) as caught:
        Settings.from_environ(GOOD | {"IVR_PUBLIC_URL": "https://user:a secret@ivr.example.com", "IVR_SEED": "x"})
    assert "a secret" not in str(caught.value)


def test_settings_made_by_hand_are_checked_alike() -> None:
    with pytest.raises(SettingsError, match="TWILIO_AUTH_TOKEN is missing"):
        Settings(public_url="https://ivr.example.com")
    with pytest.raises(SettingsError, match="IVR_VERIFY_SIGNATURES is off"):
        Settings(public_url="https://ivr.example.com", verify_signatures=False)
