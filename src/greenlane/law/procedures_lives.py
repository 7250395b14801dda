"""The tables of the cases that follow certification, and the registry of all: 961(b), 963(4), 965-969; 4311(b)(1)."""

from __future__ import annotations

from greenlane.law.procedures import APPLICATION, CERTIFICATION, INVESTIGATION, Procedure, moves, procedure
from greenlane.law.sentences import N_

VALIDATION = procedure(
    "validation",
    N_("Validation"),
    "planned noticed visited reported answered recommended blocked validated refused closed",
    "validated refused closed",
    moves("6 USC 965(a)", "PlanValidation", None, "planned"),
    moves("6 USC 966(a)", "PlanTierThreeValidation", None, "planned"),
    moves("6 USC 971(a)(3)", "AssignValidationTeam", "planned noticed visited reported answered", "="),
    moves("6 USC 965(a)", "ChooseLocations", "planned noticed", "="),
    moves("6 USC 965(a)", "DetermineNoForeignLocation", "planned noticed", "="),
    moves("6 USC 965(c)", "GiveValidationNotice", "planned", "noticed"),
    moves("6 USC 965(c)", "RescheduleVisit", "noticed", "planned"),
    moves("6 USC 965(a)", "BlockValidation", "planned noticed visited", "blocked"),
    moves("6 USC 965(a)", "ReviewBlockedValidation", "blocked", "="),
    moves("6 USC 965(a)", "UnblockValidation", "blocked", "planned"),
    moves("6 USC 965(a)", "RecordVisit", "noticed visited", "visited"),
    moves("6 USC 965(a)", "RecordFinding", "visited", "="),
    moves("6 USC 965(c)", "RequireAction", "visited", "="),
    moves("6 USC 965(a)", "IssueValidationReport", "visited", "reported"),
    moves("6 USC 965(c)", "AnswerValidationReport", "reported", "answered"),
    moves("6 USC 965(c)", "ReturnValidationAnswer", "answered", "reported"),
    moves("6 USC 965(c)", "CloseRequiredAction", "answered", "="),
    moves("6 USC 965(a)", "RecommendValidation", "reported answered", "recommended"),
    moves("6 USC 965(a)", "RecommendRefusalOfValidation", "reported answered", "recommended"),
    moves("6 USC 971(a)", "SendBackValidation", "recommended", "answered"),
    moves("6 USC 965(a)", "ValidateTierTwo", "recommended", "validated"),
    moves("6 USC 966(a)", "ValidateTierThree", "recommended", "validated"),
    moves("6 USC 965(a)", "RefuseValidation", "recommended", "refused"),
    moves(
        "6 USC 961(a)",
        "CloseValidation",
        "planned noticed visited reported answered recommended blocked",
        "closed",
    ),
)

REVALIDATION = procedure(
    "revalidation",
    N_("Revalidation"),
    "selected noticed visited reported answered recommended blocked revalidated refused closed",
    "revalidated refused closed",
    moves("6 USC 969(2)", "SelectForRevalidation", None, "selected"),
    moves("6 USC 968(g)(2)(B)", "ReviewValidatorsValidation", None, "selected"),
    moves("6 USC 971(a)(3)", "AssignRevalidationTeam", "selected noticed visited reported answered", "="),
    moves("6 USC 969(1)", "ChooseRevalidationLocations", "selected noticed", "="),
    moves("6 USC 969(1)", "GiveRevalidationNotice", "selected", "noticed"),
    moves("6 USC 969(1)", "RescheduleRevalidation", "noticed", "selected"),
    moves("6 USC 969(1)", "BlockRevalidation", "selected noticed visited", "blocked"),
    moves("6 USC 969(1)", "ReviewBlockedRevalidation", "blocked", "="),
    moves("6 USC 969(1)", "UnblockRevalidation", "blocked", "selected"),
    moves("6 USC 969(1)", "RecordRevalidationVisit", "noticed visited", "visited"),
    moves("6 USC 969(1)", "RecordRevalidationFinding", "visited", "="),
    moves("6 USC 969(1)", "RequireRevalidationAction", "visited", "="),
    moves("6 USC 969(1)", "IssueRevalidationReport", "visited", "reported"),
    moves("6 USC 969(1)", "AnswerRevalidationReport", "reported", "answered"),
    moves("6 USC 969(1)", "ReturnRevalidationAnswer", "answered", "reported"),
    moves("6 USC 969(1)", "CloseRevalidationAction", "answered", "="),
    moves("6 USC 969(1)", "RecommendRevalidation", "reported answered", "recommended"),
    moves("6 USC 969(1)", "RecommendRefusalOfRevalidation", "reported answered", "recommended"),
    moves("6 USC 971(a)", "SendBackRevalidation", "recommended", "answered"),
    moves("6 USC 969(1)", "ConfirmTier", "recommended", "revalidated"),
    moves("6 USC 969(1)", "RefuseRevalidation", "recommended", "refused"),
    moves(
        "6 USC 961(a)",
        "CloseRevalidation",
        "selected noticed visited reported answered recommended blocked",
        "closed",
    ),
)

CONSEQUENCE = procedure(
    "consequence",
    N_("Consequence for lack of compliance"),
    "opened noticed responded recommended emergency emergency_noticed in_force ended dropped reversed closed",
    "dropped reversed closed",
    moves("6 USC 967(a)", "OpenConsequence", None, "opened"),
    moves("6 USC 967(a)", "TakeEmergencyAction", None, "emergency"),
    moves("6 USC 967(a)", "TakeEmergencyAction", "opened noticed responded recommended", "emergency"),
    moves(
        "6 USC 967(a)",
        "RecordEvidence",
        "opened noticed responded recommended emergency emergency_noticed",
        "=",
    ),
    moves("6 USC 967(a)", "GiveConsequenceNotice", "opened", "noticed"),
    moves("6 USC 967(a)", "RespondToNotice", "noticed", "responded"),
    moves("6 USC 967(a)", "ExtendResponsePeriod", "noticed", "="),
    moves("6 USC 967(a)", "EndResponsePeriod", "noticed", "responded"),
    moves("6 USC 967(a)", "ReplyToResponse", "responded", "="),
    moves("6 USC 967(a)", "RecommendConsequence", "responded", "recommended"),
    moves("6 USC 971(a)", "SendBackConsequence", "recommended", "responded"),
    moves("6 USC 967(a)", "DenyBenefits", "recommended", "in_force"),
    moves("6 USC 967(b)", "SuspendParticipant", "recommended", "in_force"),
    moves("6 USC 967(b)", "ExpelParticipant", "recommended", "in_force"),
    moves("6 USC 967(a)", "DropConsequence", "opened noticed responded recommended", "dropped"),
    moves("6 USC 967(a)", "GiveEmergencyNotice", "emergency", "emergency_noticed"),
    moves("6 USC 967(a)", "RespondToEmergencyNotice", "emergency_noticed", "="),
    moves("6 USC 967(a)", "ConfirmEmergencyAction", "emergency_noticed", "in_force"),
    moves("6 USC 967(a)", "LiftEmergencyAction", "emergency emergency_noticed", "ended"),
    moves("6 USC 967(a)", "AcceptCorrectivePlan", "in_force", "="),
    moves("6 USC 967(a)", "RestoreBenefits", "in_force", "ended"),
    moves("6 USC 967(b)", "ReinstateParticipant", "in_force", "ended"),
    moves("6 USC 967(b)", "EndConsequence", "in_force", "ended"),
    moves("6 USC 967(b)", "PublishConsequence", "in_force", "="),
    moves("6 USC 967(c)", "ReduceConsequence", "emergency emergency_noticed in_force ended", "="),
    moves("6 USC 967(c)", "ReverseConsequence", "emergency emergency_noticed in_force ended", "reversed"),
    moves("6 USC 967(c)", "CloseConsequence", "ended", "closed"),
)
"""'ended' stays open until the appeal process is over: a suspension may end before its appeal is determined."""

APPEAL = procedure(
    "appeal",
    N_("Appeal"),
    "filed assigned under_review upheld modified reversed withdrawn",
    "upheld modified reversed withdrawn",
    moves("6 USC 967(c)", "FileAppeal", None, "filed"),
    moves("6 USC 967(c)", "AssignAppealOfficer", "filed assigned under_review", "assigned"),
    moves("6 USC 967(c)", "SubmitStatement", "filed assigned under_review", "="),
    moves("6 USC 967(c)", "BeginAppealReview", "assigned", "under_review"),
    moves("6 USC 967(c)", "DetermineAppeal", "under_review", "upheld modified reversed"),
    moves("6 USC 967(c)", "WithdrawAppeal", "filed assigned under_review", "withdrawn"),
)

VALIDATOR_CERTIFICATE = procedure(
    "validator_certificate",
    N_("Certificate of a third party validator"),
    "sought certified held refused revoked surrendered",
    "refused revoked surrendered",
    moves("6 USC 968(d)", "SeekCertificate", None, "sought"),
    moves("6 USC 968(d)(1)", "DemonstrateAbility", "sought", "="),
    moves("6 USC 968(e)", "SubmitInsuranceInformation", "sought", "="),
    moves("6 USC 968(d)(2)(B)", "SetInsuranceLimits", "sought certified held", "="),
    moves("6 USC 968(d)(2)(B)", "RecordInsurance", "sought certified held", "="),
    moves("6 USC 968(d)(2)(A)", "AgreeToProcedures", "sought certified held", "="),
    moves("6 USC 968(d)(3)", "SignProtectionAgreement", "sought", "="),
    moves("6 USC 968(d)", "CertifyValidator", "sought", "certified"),
    moves("6 USC 968(d)", "RefuseCertificate", "sought", "refused"),
    moves("6 USC 968(d)(2)(A)", "ReopenAgreement", "certified held", "held"),
    moves("6 USC 968(d)(2)(B)", "HoldForInsurance", "certified held", "held"),
    moves("6 USC 968(d)(2)", "RestoreCertificate", "held", "certified"),
    moves("6 USC 968(g)(1)", "InspectValidator", "certified held", "="),
    moves("6 USC 968(g)(2)(A)", "RevokeCertificate", "certified held", "revoked"),
    moves("6 USC 968(d)", "SurrenderCertificate", "sought certified held", "surrendered"),
)
"""'held': no new engagement while an updated procedure is not agreed to, or the insurance is not in force."""

ENGAGEMENT = procedure(
    "engagement",
    N_("Engagement of a third party validator"),
    "proposed consented authorized under_way reported accepted rejected refused ended",
    "accepted rejected refused ended",
    moves("6 USC 968(c)(1)", "ProposeEngagement", None, "proposed"),
    moves("6 USC 968(f)(1)(A)", "DeclareInterests", "proposed consented", "="),
    moves("6 USC 968(f)(1)(B)", "DeclareConflict", "proposed consented authorized under_way reported", "="),
    moves("6 USC 968(f)(2)", "FileContract", "proposed consented", "="),
    moves("6 USC 968(h)", "ConsentToValidator", "proposed", "consented"),
    moves("6 USC 968(f)", "AuthorizeEngagement", "consented", "authorized"),
    moves("6 USC 968(f)", "RefuseEngagement", "proposed consented", "refused"),
    moves("6 USC 968(c)(1)", "BeginThirdPartyValidation", "authorized", "under_way"),
    moves("6 USC 968(c)(1)", "SubmitThirdPartyReport", "under_way", "reported"),
    moves("6 USC 968(c)(2)", "ReturnThirdPartyReport", "reported", "under_way"),
    moves("6 USC 968(c)(2)", "AcceptThirdPartyReport", "reported", "accepted"),
    moves("6 USC 968(c)(2)", "RejectThirdPartyReport", "reported", "rejected"),
    moves("6 USC 968(h)", "WithdrawConsent", "consented authorized under_way reported", "ended"),
    moves("6 USC 968(g)(2)(A)", "EndEngagement", "proposed consented authorized under_way reported", "ended"),
)
"""'accepted' is a report that an officer may use; the validation itself is the Secretary's own decision (968(c)(2))."""

CONSULTATION = procedure(
    "consultation",
    N_("Consultation"),
    "draft open closed published abandoned",
    "published abandoned",
    moves("19 USC 4311(b)(1)", "DraftConsultation", None, "draft"),
    moves("19 USC 4311(b)(1)", "InviteToConsultation", "draft open", "="),
    moves("19 USC 4311(b)(1)", "OpenConsultation", "draft", "open"),
    moves("19 USC 4311(b)(1)", "RecordComment", "open", "="),
    moves("6 USC 963(4)", "RecordAdvice", "open closed", "="),
    moves("19 USC 4311(b)(1)", "ExtendConsultation", "open", "="),
    moves("19 USC 4311(b)(1)", "CloseConsultation", "open", "closed"),
    moves("19 USC 4311(b)(1)", "AnswerComment", "open closed", "="),
    moves("19 USC 4311(b)(1)", "PublishAnswers", "closed", "published"),
    moves("19 USC 4311(b)(1)", "AbandonConsultation", "draft open closed", "abandoned"),
)

CRITERIA_REVIEW = procedure(
    "criteria_review",
    N_("Review of the minimum security requirements"),
    "open proposed unchanged updated",
    "unchanged updated",
    moves("6 USC 961(b)", "OpenCriteriaReview", None, "open"),
    moves("6 USC 961(b)", "RecordObservation", "open proposed", "="),
    moves("6 USC 961(b)", "ProposeEdition", "open", "proposed"),
    moves("6 USC 961(b)", "AmendProposal", "proposed", "="),
    moves("6 USC 963(4)", "CiteConsultation", "proposed", "="),
    moves("6 USC 961(b)", "WithdrawProposal", "proposed", "open"),
    moves("6 USC 961(b)", "ConcludeWithoutChange", "open", "unchanged"),
    moves("6 USC 961(b)", "AdoptEdition", "proposed", "updated"),
)

_ALL: tuple[Procedure, ...] = (
    APPLICATION,
    INVESTIGATION,
    CERTIFICATION,
    VALIDATION,
    REVALIDATION,
    CONSEQUENCE,
    APPEAL,
    VALIDATOR_CERTIFICATE,
    ENGAGEMENT,
    CONSULTATION,
    CRITERIA_REVIEW,
)
_BY_KIND = {one.kind: one for one in _ALL}


def procedures() -> tuple[Procedure, ...]:
    """The procedure of every kind of case, in the order in which a participant meets them."""
    return _ALL


def procedure_of(kind: str) -> Procedure:
    """The procedure of one kind of case. Raises KeyError, naming the kinds there are."""
    if kind not in _BY_KIND:
        raise KeyError(f"there is no procedure {kind!r}; the procedures are: {', '.join(_BY_KIND)}")
    return _BY_KIND[kind]
