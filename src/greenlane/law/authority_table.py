"""Who may give which command up to certification, as data: clause, command, offices ('+': it can be delegated)."""

from __future__ import annotations

from collections.abc import Mapping

COMPANY = "applicant_officer:own applicant_staff:own consultant:own"
"""The people of a company, and whoever writes for it; signing and submitting stay with its officers."""

GRANTED: tuple[tuple[str, Mapping[str, str]], ...] = (
    (
        "6 USC 971(c)",
        {
            "OpenAccount": "public programme_manager system",
            "CloseAccount": "programme_manager",
            "GrantOffice": "programme_manager applicant_officer:own system",
            "EndOffice": "programme_manager applicant_officer:own",
            "DelegateOffice": "supervisor programme_manager specialist",
            "EndDelegation": "supervisor programme_manager specialist",
            "IssueToken": "programme_manager system",
            "OpenCalendarFeed": "public",
            "CloseCalendarFeed": "public",
            "RevokeToken": "programme_manager system",
            "UploadDocument": COMPANY + " specialist:assigned supervisor vetting_analyst validator:assigned",
            "ServeNotice": "system",
            "FoundDemonstration": "system",
            "NameGuest": "system",
            "AssignCase": "supervisor programme_manager system",
            "ReleaseCase": "supervisor programme_manager system",
        },
    ),
    ("6 USC 961(a)", {"LoadProgramme": "programme_manager system"}),
    ("6 USC 961(b)", {"PublishEdition": "programme_manager system", "LoadOfficialText": "programme_manager"}),
    (
        "6 USC 962",
        {
            "RegisterParticipant": "public applicant_officer",
            "AmendProfile": COMPANY,
            "RecordIdentifier": COMPANY,
            "RecordPerson": COMPANY,
            "EndPart": COMPANY,
            "InviteParticipant": "programme_manager supervisor",
            "SetStanding": "system",
        },
    ),
    (
        "6 USC 963(2)",
        {
            "ImportPorts": "programme_manager system",
            "RecordSite": COMPANY,
            "RecordPartner": COMPANY,
            "RecordLeg": COMPANY,
        },
    ),
    (
        "6 USC 963",
        {
            "OpenApplication": COMPANY,
            "AnswerEligibility": COMPANY,
            "DetermineEligibility": "specialist:assigned supervisor",
            "RecordCargoHistory": COMPANY,
            "AssessRisk": COMPANY,
            "AnswerCriteria": COMPANY,
            "SignAgreement": "applicant_officer:own",
            "SubmitApplication": "applicant_officer:own",
            "WithdrawApplication": "applicant_officer:own",
            "ReturnApplication": "system",
            "ConcludeApplication": "system",
        },
    ),
    (
        "6 USC 964(b)",
        {
            "ImportList": "vetting_analyst programme_manager system",
            "ScreenChanges": "system",
            "OpenInvestigation": "system vetting_analyst",
            "ScreenParties": "vetting_analyst system",
            "AdjudicateHit": "vetting_analyst+ supervisor",
            "CloseFalsePattern": "vetting_analyst+ supervisor",
            "CompleteInvestigation": "vetting_analyst+ supervisor",
            "ReopenInvestigation": "vetting_analyst supervisor system",
            "CloseInvestigation": "system",
            "PublishGuidelines": "programme_manager system",
            "OpenCertification": "system supervisor",
            "BeginReview": "specialist:assigned+",
            "ReviewCriteria": "specialist:assigned+",
            "ReturnForCorrection": "specialist:assigned+ supervisor",
            "ResumeReview": "system",
            "RecommendCertification": "specialist:assigned+",
            "RecommendRefusal": "specialist:assigned+",
            "SendBackRecommendation": "supervisor+",
            "CertifyTierOne": "supervisor+",
            "RefuseCertification": "supervisor+",
            "CloseCertification": "system",
        },
    ),
)
