"""The elements that only carry values: which attributes each may have, and which of them do something here.

What goes to a socket, a recogniser, a voice or a task router has no effect in a virtual call, which says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["CONNECTIONS", "PARTS", "STARTED", "Carried", "carried"]


@dataclass(frozen=True, slots=True)
class Carried:
    """The attributes an element may have, by name, and those of them without effect.

    An `inert` element does nothing at all here.
    """

    names: frozenset[str]
    idle: frozenset[str]
    inert: bool


def carried(does: str = "", idle: str = "", *, inert: bool = False) -> Carried:
    """From names with spaces between."""
    without = frozenset(idle.split())
    return Carried(names=without.union(does.split()), idle=without, inert=inert)


RECORDING = "recordingStatusCallback recordingStatusCallbackMethod recordingStatusCallbackEvent trim"
STATUS = "statusCallback statusCallbackMethod"

PARTS: Mapping[str, Carried] = {
    "Stream": carried(f"name connectorName url track {STATUS}", "audioFormat sampleRate"),
    "Siprec": carried(f"name connectorName {STATUS}", "track"),
    "Transcription": carried(
        "name track statusCallbackUrl statusCallbackMethod inboundTrackLabel outboundTrackLabel partialResults "
        "languageCode transcriptionEngine profanityFilter speechModel hints enableAutomaticPunctuation",
        "intelligenceService",
    ),
    "Recording": carried(f"{RECORDING} track channels", "recordingConfigurationId"),
    "Room": carried(idle="participantIdentity"),
    "Autopilot": carried(),
    "VirtualAgent": carried("connectorName", f"language sentimentAnalysis {STATUS}"),
    "Conversation": carried(
        "serviceInstanceSid",
        "inboundAutocreation routingAssignmentTimeout inboundTimeout url method "
        f"record {RECORDING} {STATUS} statusCallbackEvent",
    ),
    "ConversationRelay": carried(
        "url welcomeGreeting welcomeGreetingInterruptible interruptible reportInputDuringAgentSpeech dtmfDetection",
        "language ttsLanguage transcriptionLanguage ttsProvider voice transcriptionProvider speechModel "
        "profanityFilter partialPrompts preemptible hints intelligenceService elevenlabsTextNormalization "
        "interruptSensitivity debug backgroundNoiseReduction speechTimeout deepgramSmartFormat ignoreBackchannel "
        "events partialPromptOnHangup eagerEotThreshold asrSmartFormat ttsTextNormalization "
        "ttsLanguageTextNormalization elevenlabsLanguageTextNormalization includeInPrompt customerName "
        "applicationReconnect echoPromptFiltering turnDetection",
    ),
    "ConversationRelaySession": carried("connector", "sessionConfiguration"),
    "AiSession": carried("aiConnector", "aiSessionConfiguration"),
    "Language": carried(
        idle="code ttsProvider voice transcriptionProvider speechModel hints asrSmartFormat ttsTextNormalization "
        "ttsLanguageTextNormalization",
        inert=True,
    ),
    "Config": carried(idle="name value", inert=True),
    "Identity": carried(),
    "ApplicationSid": carried(),
    "Headers": carried(),
    "Header": carried("name value"),
    "Uri": carried("priority weight", "username password"),
    "Sip": carried(),
    "Task": carried(idle="priority timeout", inert=True),
    "Parameter": carried(idle="name value", inert=True),
}

STARTED = ("Stream", "Siprec", "Transcription", "Recording")
CONNECTIONS = (
    "Stream", "Room", "Autopilot", "VirtualAgent", "Conversation",
    "ConversationRelay", "ConversationRelaySession", "AiSession",
)  # fmt: skip
