"""Who may give which command after certification, as data: clause, command, offices ('+': it can be delegated)."""

from __future__ import annotations

from collections.abc import Mapping

from greenlane.law.authority_table import COMPANY

TEAM = "specialist:assigned+"
"""The team to which the case is assigned."""

TEAM_OR_SUPERVISOR = "specialist:assigned+ supervisor"
DECIDES = "supervisor+"

GRANTED_LIVES: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("6 USC 962", {"SetDeniedBenefits": "system"}),
    (
        "6 USC 965(a)",
        {
            "PlanValidation": "specialist supervisor system",
            "AssignValidationTeam": "supervisor",
            "ChooseLocations": TEAM_OR_SUPERVISOR,
            "DetermineNoForeignLocation": DECIDES,
            "GiveValidationNotice": TEAM_OR_SUPERVISOR,
            "ConfirmVisit": "applicant_officer:own applicant_staff:own",
            "RescheduleVisit": TEAM_OR_SUPERVISOR,
            "BlockValidation": TEAM_OR_SUPERVISOR,
            "ReviewBlockedValidation": TEAM_OR_SUPERVISOR,
            "UnblockValidation": TEAM_OR_SUPERVISOR,
            "RecordVisit": TEAM,
            "RecordFinding": TEAM,
            "RecordInspection": TEAM,
            "RequireAction": TEAM,
            "IssueValidationReport": TEAM,
            "AnswerValidationReport": "applicant_officer:own applicant_staff:own",
            "ReturnValidationAnswer": TEAM,
            "CloseRequiredAction": TEAM,
            "RecommendValidation": TEAM,
            "RecommendRefusalOfValidation": TEAM,
            "SendBackValidation": DECIDES,
            "ValidateTierTwo": DECIDES,
            "RefuseValidation": DECIDES,
            "CloseValidation": "system",
        },
    ),
    (
        "6 USC 966",
        {
            "PlanTierThreeValidation": "specialist supervisor",
            "PutForwardBestPractice": COMPANY,
            "EvaluateBestPractice": TEAM,
            "EvaluateDesignatedCriterion": TEAM,
            "ValidateTierThree": DECIDES,
        },
    ),
    (
        "6 USC 967(a)",
        {
            "OpenConsequence": "specialist supervisor system",
            "TakeEmergencyAction": "supervisor programme_manager",
            "RecordEvidence": TEAM_OR_SUPERVISOR,
            "GiveConsequenceNotice": TEAM_OR_SUPERVISOR,
            "RespondToNotice": "applicant_officer:own",
            "ExtendResponsePeriod": "supervisor",
            "EndResponsePeriod": "supervisor system",
            "ReplyToResponse": TEAM_OR_SUPERVISOR,
            "RecommendConsequence": TEAM,
            "SendBackConsequence": DECIDES,
            "DenyBenefits": DECIDES,
            "DropConsequence": DECIDES,
            "GiveEmergencyNotice": TEAM_OR_SUPERVISOR,
            "RespondToEmergencyNotice": "applicant_officer:own",
            "ConfirmEmergencyAction": DECIDES,
            "LiftEmergencyAction": DECIDES,
            "AcceptCorrectivePlan": DECIDES,
            "RestoreBenefits": DECIDES,
        },
    ),
    (
        "6 USC 967(b)",
        {
            "SuspendParticipant": DECIDES,
            "ExpelParticipant": DECIDES,
            "ReinstateParticipant": DECIDES,
            "EndConsequence": "supervisor system",
            "PublishConsequence": "programme_manager system",
        },
    ),
    (
        "6 USC 967(c)",
        {
            "ReduceConsequence": "system",
            "ReverseConsequence": "system",
            "RemandConsequence": "system",
            "DecideAnew": DECIDES,
            "CloseConsequence": "system",
            "FileAppeal": "applicant_officer:own",
            "AssignAppealOfficer": "programme_manager",
            "SubmitStatement": "applicant_officer:own specialist supervisor",
            "BeginAppealReview": "appeal_officer:assigned",
            "DetermineAppeal": "appeal_officer:assigned",
            "WithdrawAppeal": "applicant_officer:own",
        },
    ),
    (
        "6 USC 968",
        {
            "SeekCertificate": "validator",
            "DemonstrateAbility": "specialist supervisor",
            "SubmitInsuranceInformation": "validator:assigned",
            "SetInsuranceLimits": "programme_manager",
            "RecordInsurance": "validator:assigned programme_manager",
            "AgreeToProcedures": "validator:assigned",
            "SignProtectionAgreement": "validator:assigned",
            "CertifyValidator": DECIDES,
            "RefuseCertificate": DECIDES,
            "ReopenAgreement": "system",
            "HoldForInsurance": "system",
            "RestoreCertificate": "system",
            "InspectValidator": "specialist supervisor",
            "RevokeCertificate": DECIDES,
            "SurrenderCertificate": "validator:assigned",
            "ProposeEngagement": "applicant_officer:own validator",
            "DeclareInterests": "validator:assigned applicant_officer:own",
            "DeclareConflict": "validator:assigned applicant_officer:own specialist supervisor",
            "FileContract": "applicant_officer:own validator:assigned",
            "ConsentToValidator": "applicant_officer:own",
            "AuthorizeEngagement": DECIDES,
            "RefuseEngagement": DECIDES,
            "BeginThirdPartyValidation": "validator:assigned",
            "SubmitThirdPartyReport": "validator:assigned",
            "ReturnThirdPartyReport": "specialist supervisor",
            "AcceptThirdPartyReport": "specialist supervisor",
            "RejectThirdPartyReport": DECIDES,
            "WithdrawConsent": "applicant_officer:own",
            "EndEngagement": "specialist supervisor system",
        },
    ),
    (
        "6 USC 969",
        {
            "SelectForRevalidation": "specialist supervisor programme_manager system",
            "ReviewValidatorsValidation": "system",
            "ConfirmTier": DECIDES,
            "RefuseRevalidation": DECIDES,
            "CloseRevalidation": "system",
        },
    ),
)
