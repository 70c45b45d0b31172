"""Twilio's rules that belong to no single attribute: each with its page and the test that proves it."""

from dataclasses import dataclass

__all__ = ["RULES", "Proven"]

DOCS = "https://www.twilio.com/docs"
TWIML = f"{DOCS}/voice/twiml"
OVERRIDES = f"{DOCS}/usage/webhooks/webhooks-connection-overrides"
SECURITY = f"{DOCS}/usage/security"


@dataclass(frozen=True, slots=True)
class Proven:
    """A rule in our words, its page, and `file::test`."""

    about: str
    rule: str
    page: str
    test: str


RULES = tuple(
    Proven(*row)
    for row in (
        (
            "Fetching",
            "HTTP redirects: 307 and 308 keep the method, others become GET",
            TWIML,
            "fetch::test_http_redirects",
        ),
        (
            "Fetching",
            "eleven redirects are too many: 11215",
            f"{DOCS}/api/errors/11215",
            "fetch::test_redirects_in_a_circle",
        ),
        (
            "Fetching",
            "relative URLs start from where the redirects led",
            TWIML,
            "fetch::test_relative_urls_start_from_where_the_redirects_led",
        ),
        ("Fetching", "cookies come back within the call", TWIML, "fetch::test_cookies_come_back_in_the_same_call_only"),
        ("Fetching", "text/xml, text/html, text/plain; others are 12300", TWIML, "running::test_content_types"),
        ("Fetching", "audio as a document is played", TWIML, "running::test_sound_is_played_and_then_it_is_over"),
        (
            "Fetching",
            "more than 64 kB is 11750",
            f"{DOCS}/api/errors/11750",
            "url::test_a_large_answer_is_not_read_to_its_end",
        ),
        ("Fetching", "the fragment sets times, retries and policy", OVERRIDES, "connection::test_what_a_fragment_says"),
        (
            "Fetching",
            "the total time ends an answer that drips: 11203",
            OVERRIDES,
            "connection::test_an_answer_that_drips_is_given_up_at_the_total_time",
        ),
        ("Fetching", "only what the policy names is retried", OVERRIDES, "connection::test_when_it_is_asked_again"),
        (
            "Fetching",
            "each request has an idempotency token, the same on its retries",
            OVERRIDES,
            "connection::test_when_it_is_asked_again",
        ),
        (
            "Fetching",
            "the fallback URL gets ErrorCode and ErrorUrl",
            f"{SECURITY}/availability-reliability",
            "running::test_the_fallback_is_told_and_goes_on_with_the_call",
        ),
        (
            "Fetching",
            "document types, entities and deep nesting are 12100",
            f"{DOCS}/api/errors/12100",
            "document::test_refused_as_12100",
        ),
        (
            "Fetching",
            "an empty body ends the call",
            f"{DOCS}/api/errors/11770",
            "document::test_an_empty_body_is_the_end_of_the_call",
        ),
        ("Parameters", "the parameters of every request", TWIML, "running::test_the_parameters_of_every_request"),
        (
            "Parameters",
            "ringing at first, in-progress later",
            TWIML,
            "running::test_the_first_request_is_ringing_and_later_ones_are_in_progress",
        ),
        ("Callbacks", "the number is told at the end only", TWIML, "running::test_the_number_is_told_at_the_end_only"),
        ("Callbacks", "a failing one is a warning", TWIML, "running::test_a_failing_callback_is_only_a_warning"),
        ("Callbacks", "the called leg's events in order", f"{TWIML}/number", "dial::test_progress_of_the_called_leg"),
        ("Signature", "HMAC-SHA1 over URL and form", SECURITY, "signature::test_the_official_validator_agrees"),
        (
            "Signature",
            "HMAC-SHA256 with a shared key",
            SECURITY,
            "signature::test_a_shared_key_signs_every_request_of_a_call",
        ),
        ("Signature", "GET signs the whole URL", SECURITY, "fetch::test_the_official_validator_agrees"),
        (
            "Running",
            "what follows a Redirect is unreachable",
            f"{TWIML}/redirect",
            "running::test_what_follows_a_redirect_is_unreachable",
        ),
        ("Running", "Reject and Pause first do not answer", f"{TWIML}/reject", "running::test_how_a_call_ends"),
        (
            "Running",
            "an unknown verb or attribute is a warning",
            TWIML,
            "document::test_a_warning_and_the_rest_goes_on",
        ),
        ("Running", "hanging up before it is answered", TWIML, "running::test_hanging_up_before_it_is_answered"),
        ("Gather", "numDigits, finishOnKey or the timeout end it", f"{TWIML}/gather", "gather::test_digits"),
        (
            "Gather",
            "the first key stops the prompts",
            f"{TWIML}/gather",
            "gather::test_the_first_key_stops_the_prompts",
        ),
        (
            "Gather",
            "without input the next verb",
            f"{TWIML}/gather",
            "gather::test_no_input_is_the_next_verb_and_no_request",
        ),
        (
            "Gather",
            "of keys and speech the first wins",
            f"{TWIML}/gather",
            "gather::test_of_keys_and_speech_what_comes_first_wins",
        ),
        ("Gather", "partial results are told", f"{TWIML}/gather", "gather::test_partial_results"),
        ("Dial", "the action is told how it went", f"{TWIML}/dial", "dial::test_the_action_is_told_how_it_went"),
        (
            "Dial",
            "the first to answer wins",
            f"{TWIML}/dial",
            "dial::test_the_first_to_answer_wins_and_the_others_are_canceled",
        ),
        (
            "Dial",
            "it rings five seconds longer than its timeout",
            f"{TWIML}/dial",
            "dial::test_it_rings_five_seconds_longer_than_the_timeout",
        ),
        (
            "Dial",
            "a Queue or Conference stands alone",
            f"{TWIML}/dial",
            "nouns::test_a_queue_or_conference_stands_alone",
        ),
        (
            "Enqueue",
            "the waiting document comes again",
            f"{TWIML}/enqueue",
            "queue::test_the_caller_is_on_hold_and_the_waiting_document_comes_again",
        ),
        (
            "Enqueue",
            "the waiting document is told of the queue",
            f"{TWIML}/enqueue",
            "queue::test_the_waiting_document_is_told_of_the_queue",
        ),
        ("Enqueue", "Leave goes on after the Enqueue", f"{TWIML}/leave", "queue::test_leave_goes_on_after_the_enqueue"),
        ("Enqueue", "a full queue", f"{TWIML}/enqueue", "queue::test_a_full_queue"),
    )
)
