extension Check {
    static let tls =
        [addresses, versions, oldVersions, plaintext, missingServerName, unknownServerName]
        + [clientCertificates, resumption]
}
