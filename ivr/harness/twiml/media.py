"""The elements that only carry values, and which attributes each may have."""

from collections.abc import Mapping

__all__ = ["CONNECTIONS", "PARTS", "STARTED"]

STREAM = "name connectorName url track statusCallback statusCallbackMethod audioFormat sampleRate"
RECORDING = "recordingStatusCallback recordingStatusCallbackMethod recordingStatusCallbackEvent trim"

PARTS: Mapping[str, frozenset[str]] = {
    name: frozenset(attributes.split())
    for name, attributes in {
        "Stream": STREAM,
        "Siprec": "name connectorName track statusCallback statusCallbackMethod",
        "Transcription": "name track statusCallbackUrl statusCallbackMethod inboundTrackLabel outboundTrackLabel "
        "partialResults languageCode transcriptionEngine profanityFilter speechModel hints enableAutomaticPunctuation "
        "intelligenceService",
        "Recording": f"{RECORDING} track channels recordingConfigurationId",
        "Room": "participantIdentity",
        "Autopilot": "",
        "VirtualAgent": "connectorName language sentimentAnalysis statusCallback statusCallbackMethod",
        "Conversation": "serviceInstanceSid inboundAutocreation routingAssignmentTimeout inboundTimeout url method "
        f"record {RECORDING} statusCallback statusCallbackMethod statusCallbackEvent",
        "ConversationRelay": "url language ttsLanguage transcriptionLanguage ttsProvider voice transcriptionProvider "
        "speechModel profanityFilter dtmfDetection welcomeGreeting partialPrompts welcomeGreetingInterruptible "
        "interruptible preemptible hints intelligenceService reportInputDuringAgentSpeech elevenlabsTextNormalization "
        "interruptSensitivity debug backgroundNoiseReduction speechTimeout deepgramSmartFormat ignoreBackchannel "
        "events partialPromptOnHangup eagerEotThreshold asrSmartFormat ttsTextNormalization "
        "ttsLanguageTextNormalization elevenlabsLanguageTextNormalization "
        "includeInPrompt customerName applicationReconnect echoPromptFiltering "
        "turnDetection",
        "ConversationRelaySession": "connector sessionConfiguration",
        "AiSession": "aiConnector aiSessionConfiguration",
        "Language": "code ttsProvider voice transcriptionProvider speechModel hints asrSmartFormat "
        "ttsTextNormalization ttsLanguageTextNormalization",
        "Parameter": "name value",
        "Config": "name value",
        "Identity": "",
        "ApplicationSid": "",
        "Headers": "",
        "Header": "name value",
        "Uri": "priority weight username password",
        "Sip": "",
        "Task": "priority timeout",
    }.items()
}

STARTED = ("Stream", "Siprec", "Transcription", "Recording")
CONNECTIONS = (
    "Stream", "Room", "Autopilot", "VirtualAgent", "Conversation",
    "ConversationRelay", "ConversationRelaySession", "AiSession",
)  # fmt: skip
