extension Check {
    static let titan = [brokenUploads]

    /// Uploads whose parameters say nothing that could be carried out; nothing is ever uploaded.
    static let brokenUploads = Check.refusing(
        "titan",
        ["TI-03", "TI-27", "TI-36", "GP-057"],
        "A broken Titan upload is refused in order",
        theme: .titan,
        isGentle: false,
        what: "A Titan request without a valid size",
        Refusal(codes: [53, 59, 50, 60, 61, 62], accepted: .violation),
        remedy: "Answer 53 where Titan is not spoken, else 59 before anything else is done."
    ) { examination in
        ["", ";mime=text/plain", ";size=", ";size=-1", ";size=1e3", ";size=99999999999999999999;mime=text/plain"].map {
            Self.line(examination.base(scheme: "titan") + "/canaveral-doctor" + $0)
        }
    }
}
