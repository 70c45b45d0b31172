"""The environment variables that are read: the one table behind the settings, their error messages and the docs."""

from dataclasses import dataclass

__all__ = ["VARIABLES", "Variable", "as_markdown"]


@dataclass(frozen=True, kw_only=True)
class Variable:
    """One variable; `default` is what holds where it is not set, in words, or "required"."""

    name: str
    meaning: str
    example: str
    default: str


VARIABLES = {
    variable.name: variable
    for variable in (
        Variable(
            name="TWILIO_ACCOUNT_SID",
            meaning="the account whose calls are answered; requests of any other are refused",
            example="AC followed by 32 characters 0-9 and a-f",
            default="required while signatures are verified",
        ),
        Variable(
            name="TWILIO_AUTH_TOKEN",
            meaning="the account's secret, which signs Twilio's requests; it is never printed",
            example="the Auth Token on the front page of Twilio's console",
            default="required while signatures are verified",
        ),
        Variable(
            name="TWILIO_AUTH_TOKEN_SECONDARY",
            meaning="the Auth Token that is to come, or was: both are good while one takes the other's place",
            example="the secondary Auth Token of Twilio's console",
            default="there is one token",
        ),
        Variable(
            name="TWILIO_SHARED_KEYS",
            meaning="shared keys that sign webhooks by SHA-256, several while they are changed",
            example="webhooks_sharedkey_1=its secret,webhooks_sharedkey_2=its secret",
            default="the Auth Token signs, by SHA-1",
        ),
        Variable(
            name="IVR_PUBLIC_URL",
            meaning="where Twilio reaches this application; signatures are checked against it, and never against Host",
            example="https://ivr.example.com, or http only for localhost",
            default="required",
        ),
        Variable(
            name="IVR_NUMBERS",
            meaning="your Twilio numbers and the directory number each answers as; one alone is asked which to dial",
            example="+15005550006=1-800-528-4800,+15005550007",
            default="a directory number answers as itself, any other asks which number to dial",
        ),
        Variable(
            name="IVR_FLOWS",
            meaning="the folder of phone trees",
            example="/srv/flows, a folder laid out like flows/",
            default="the trees that come with the package",
        ),
        Variable(
            name="IVR_VERIFY_SIGNATURES",
            meaning="whether every request must carry Twilio's signature; off is for localhost only",
            example="on or off",
            default="on",
        ),
        Variable(
            name="IVR_SEED",
            meaning="makes chance the same on every call: waits, alternatives, escapes",
            example="a whole number such as 7",
            default="every call differs",
        ),
        Variable(
            name="IVR_DATABASE_URL",
            meaning="where calls are kept; PostgreSQL needs the extra `postgres`",
            example="postgresql://USER:PASSWORD@HOST/NAME, sqlite:////srv/ivr/calls.db, or memory",
            default="a SQLite file in the platform's data folder",
        ),
        Variable(
            name="IVR_RETENTION",
            meaning="for how many days `ivr db purge` lets calls be",
            example="a whole number from 1",
            default="90",
        ),
        Variable(
            name="IVR_HASH_KEY",
            meaning="the secret that callers' numbers are hashed with before they are stored; it is never printed",
            example="32 random characters or more, kept for as long as the calls",
            default="the Auth Token",
        ),
        Variable(
            name="IVR_MOST_CALLS",
            meaning="how many calls are kept where IVR_DATABASE_URL is memory; the longest ended are forgotten first",
            example="a whole number from 1",
            default="10000",
        ),
        Variable(
            name="IVR_MOST_BYTES",
            meaning="the largest request body that is read",
            example="a whole number from 1024",
            default="16384",
        ),
        Variable(
            name="IVR_MOST_FIELDS",
            meaning="how many form fields a request may have",
            example="a whole number from 20",
            default="100",
        ),
        Variable(
            name="IVR_MOST_TURNS",
            meaning="how many turns a call may have; then it is ended with a goodbye",
            example="a whole number from 10",
            default="500",
        ),
        Variable(
            name="IVR_CALLS_PER_CALLER",
            meaning="how often one caller may call, in each worker; then a sentence says so and the call ends",
            example="30 per minute, with second, minute, hour or day, or off",
            default="30 per minute",
        ),
        Variable(
            name="IVR_CALLS_PER_ADDRESS",
            meaning="the same for one address; Twilio itself calls from few",
            example="600 per minute, or off",
            default="off",
        ),
        Variable(
            name="IVR_REFUSALS_PER_ADDRESS",
            meaning="how many refused requests of one address are logged and told why; then it gets 429",
            example="60 per minute, or off",
            default="60 per minute",
        ),
        Variable(
            name="IVR_TRUSTED_PROXIES",
            meaning="how many proxies stand in front, each of which adds the address it was called from",
            example="a whole number from 0 to 9, such as 1 for nginx alone",
            default="0: X-Forwarded-For counts for nothing",
        ),
        Variable(
            name="IVR_METRICS_TOKEN",
            meaning="the bearer token that Prometheus sends for /metrics; it is never printed",
            example="16 characters or more, such as what `openssl rand -hex 32` prints",
            default="there is no /metrics",
        ),
        Variable(
            name="IVR_LRS_URL",
            meaning="the xAPI endpoint of a learning record store that is told of trainees' attempts",
            example="https://lrs.example.com/xapi, or http only for localhost",
            default="nobody is told",
        ),
        Variable(
            name="IVR_LRS_KEY",
            meaning="the key, or user, for that endpoint's basic authentication",
            example="what the learning record store gives out",
            default="required with IVR_LRS_URL",
        ),
        Variable(
            name="IVR_LRS_SECRET",
            meaning="the secret, or password, to it; it is never printed",
            example="what the learning record store gives out",
            default="required with IVR_LRS_URL",
        ),
        Variable(
            name="IVR_LOG_FORMAT",
            meaning="how log lines are written",
            example="json or text",
            default="json with --production, else text",
        ),
        Variable(
            name="IVR_LOG_LEVEL",
            meaning="what is logged",
            example="debug, info, warning or error",
            default="info",
        ),
    )
}
"""Every variable, by its name."""


def as_markdown() -> str:
    """The table as `docs/twilio.md` shows it."""
    rows = ["| variable | what it is | write | if it is not set |", "|---|---|---|---|"]
    rows += [f"| `{each.name}` | {each.meaning} | {each.example} | {each.default} |" for each in VARIABLES.values()]
    return "\n".join(rows)
