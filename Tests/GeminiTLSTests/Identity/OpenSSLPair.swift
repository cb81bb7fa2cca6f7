import GeminiProtocol
import Testing

/// Pairs made once by `openssl req -x509 -subj "/C=DE/O=Example, Inc./CN=…"`, with the keys in the forms that openssl(1)
/// writes, valid until 2081. Nothing uses them outside of these tests.
struct OpenSSLPair: Sendable, CustomTestStringConvertible {
    let algorithm: String
    let signatureAlgorithm: String
    let commonName: String
    let serialNumberHexadecimal: String
    /// What sha256sum(1) says of the DER.
    let fingerprint: String
    let publicKeyFingerprint: String
    let certificate: String
    let key: String

    var testDescription: String {
        self.algorithm
    }

    static let all = [p256, p384, p521, ed25519, rsa]

    /// The key in SEC 1, after a block of parameters.
    static let p256 = OpenSSLPair(
        algorithm: "ECDSA P-256",
        signatureAlgorithm: "ECDSA with SHA-256",
        commonName: "p256.example.org",
        serialNumberHexadecimal: "286f9be7891f36d88a0405b52b1a19bbd1923ba3",
        fingerprint: "ea02a636cbcec6193c2f39d3bf7b9b3ab75f8d1d64a6ab88654906c9f2e718fe",
        publicKeyFingerprint: "7b27148e3c829ff8fa8ea38f89d4b6e757da523f5314deaa97c646223d685f90",
        certificate: """
            -----BEGIN CERTIFICATE-----
            MIICHjCCAcSgAwIBAgIUKG+b54kfNtiKBAW1KxoZu9GSO6MwCgYIKoZIzj0EAwIw
            QDELMAkGA1UEBhMCREUxFjAUBgNVBAoMDUV4YW1wbGUsIEluYy4xGTAXBgNVBAMM
            EHAyNTYuZXhhbXBsZS5vcmcwIBcNMjYxMTIxMDIyMTQ3WhgPMjA4MTA4MjQwMjIx
            NDdaMEAxCzAJBgNVBAYTAkRFMRYwFAYDVQQKDA1FeGFtcGxlLCBJbmMuMRkwFwYD
            VQQDDBBwMjU2LmV4YW1wbGUub3JnMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
            USdp6dZXeARK7HYk4GorEgOnR5kxT8R3o83UbSrAedsN9G27OpbT78zNX56HQiCo
            OPVwtIW/qoKUg4jDxl3GF6OBmTCBljAdBgNVHQ4EFgQUmWI8CPC/3set88nxlJWq
            ZkRrfSUwHwYDVR0jBBgwFoAUmWI8CPC/3set88nxlJWqZkRrfSUwDwYDVR0TAQH/
            BAUwAwEB/zBDBgNVHREEPDA6ghBwMjU2LmV4YW1wbGUub3Jngg4qLndpbGQuZXhh
            bXBsZYcEwAACAYcQIAENuAAAAAAAAAAAAAAAATAKBggqhkjOPQQDAgNIADBFAiBL
            DYqHuKh+hQdUUJ8CgNEZ/JA9UMCUMq8MGReYtsyiwgIhAJLwZTysgnQm3E+fxYae
            kT8H09+ay+Ib75aKyGOyxHez
            -----END CERTIFICATE-----
            """,
        key: """
            -----BEGIN EC PARAMETERS-----
            BggqhkjOPQMBBw==
            -----END EC PARAMETERS-----
            -----BEGIN EC PRIVATE KEY-----
            MHcCAQEEINFzY5sMpiCMEBMqXK2PWDQXpbChtdiFUpP89nNmMwl8oAoGCCqGSM49
            AwEHoUQDQgAEUSdp6dZXeARK7HYk4GorEgOnR5kxT8R3o83UbSrAedsN9G27OpbT
            78zNX56HQiCoOPVwtIW/qoKUg4jDxl3GFw==
            -----END EC PRIVATE KEY-----
            """
    )

    /// The key in SEC 1.
    static let p384 = OpenSSLPair(
        algorithm: "ECDSA P-384",
        signatureAlgorithm: "ECDSA with SHA-256",
        commonName: "p384.example.org",
        serialNumberHexadecimal: "266cd00aee2d4a4c0f9edd5423ee329d43493bc2",
        fingerprint: "0371b2fc6216de8b8b12b6b5c758a9a6383efdeec54cbf9c85e0166a00ec06e9",
        publicKeyFingerprint: "e697ccc9bb0ef0ef07a53faef1f46046a019946c347429096b61e96185a0e038",
        certificate: """
            -----BEGIN CERTIFICATE-----
            MIICWzCCAeGgAwIBAgIUJmzQCu4tSkwPnt1UI+4ynUNJO8IwCgYIKoZIzj0EAwIw
            QDELMAkGA1UEBhMCREUxFjAUBgNVBAoMDUV4YW1wbGUsIEluYy4xGTAXBgNVBAMM
            EHAzODQuZXhhbXBsZS5vcmcwIBcNMjYxMTIxMDIyMTQ3WhgPMjA4MTA4MjQwMjIx
            NDdaMEAxCzAJBgNVBAYTAkRFMRYwFAYDVQQKDA1FeGFtcGxlLCBJbmMuMRkwFwYD
            VQQDDBBwMzg0LmV4YW1wbGUub3JnMHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEEylA
            ZvPV7pUhfxL/vfp/b1RehpNs6X5mPorXehXFn6jS595tCtQE0gukk07xWjFb2Xfu
            +dmFP4j8Xt1RX/hTNvq2lW/286TwvDvZd4oUIsZGnJdH4EixT/bhRLn6ULaho4GZ
            MIGWMB0GA1UdDgQWBBS21KDzq11jZdebEK/X4x3gPoUJuDAfBgNVHSMEGDAWgBS2
            1KDzq11jZdebEK/X4x3gPoUJuDAPBgNVHRMBAf8EBTADAQH/MEMGA1UdEQQ8MDqC
            EHAzODQuZXhhbXBsZS5vcmeCDioud2lsZC5leGFtcGxlhwTAAAIBhxAgAQ24AAAA
            AAAAAAAAAAABMAoGCCqGSM49BAMCA2gAMGUCMBrV4kDo7Au1HqPYRjagNR+DEXwF
            es9y3lWywfUs6oIyxxyRXesTDyApBBLGbcfssgIxAKlii9odyxnvEJUOhCMkkLax
            nFV6T2r1LX6dAhz59LmuKHaY50HjtHv3vuaNtP9lYQ==
            -----END CERTIFICATE-----
            """,
        key: """
            -----BEGIN EC PRIVATE KEY-----
            MIGkAgEBBDDWpRqrknr+RWK50WLxsEJR6DC61v6cXObPhFOej1qZ33qNEJ9u9mWb
            0ZV4AwmtOUmgBwYFK4EEACKhZANiAAQTKUBm89XulSF/Ev+9+n9vVF6Gk2zpfmY+
            itd6FcWfqNLn3m0K1ATSC6STTvFaMVvZd+752YU/iPxe3VFf+FM2+raVb/bzpPC8
            O9l3ihQixkacl0fgSLFP9uFEufpQtqE=
            -----END EC PRIVATE KEY-----
            """
    )

    /// The key in SEC 1.
    static let p521 = OpenSSLPair(
        algorithm: "ECDSA P-521",
        signatureAlgorithm: "ECDSA with SHA-256",
        commonName: "p521.example.org",
        serialNumberHexadecimal: "057990918316538f8d237c6c0e9887b617414dc1",
        fingerprint: "babda9d14e16e70001fcb5af1e4a9c35d2357a1cff7d7d33e767c98312293b1d",
        publicKeyFingerprint: "5a71f5dcd1a24d345ceed767032d4ffa4ed9aaf488a1b1e3a7c666974afb1e77",
        certificate: """
            -----BEGIN CERTIFICATE-----
            MIICpjCCAgegAwIBAgIUBXmQkYMWU4+NI3xsDpiHthdBTcEwCgYIKoZIzj0EAwIw
            QDELMAkGA1UEBhMCREUxFjAUBgNVBAoMDUV4YW1wbGUsIEluYy4xGTAXBgNVBAMM
            EHA1MjEuZXhhbXBsZS5vcmcwIBcNMjYxMTIxMDIyMTQ3WhgPMjA4MTA4MjQwMjIx
            NDdaMEAxCzAJBgNVBAYTAkRFMRYwFAYDVQQKDA1FeGFtcGxlLCBJbmMuMRkwFwYD
            VQQDDBBwNTIxLmV4YW1wbGUub3JnMIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQA
            ZEOhG4CKf4HtLqLCHSt8hVmtRrvMRRz2JK/4DUV1P03lw4420YzcX8v9olp+81Tr
            esmM6c3KlTnKnXKejXbDhccBUBJKDhh1NejkEQEtXstudXq2nxDndU0zpTuypFWC
            8EwwaSmN+EUgjIyxrlVNb0qQi7tBRWTOTZTrMIfrexsL0d+jgZkwgZYwHQYDVR0O
            BBYEFKrQ+uecJIXeraFowWI1LYyDBcXoMB8GA1UdIwQYMBaAFKrQ+uecJIXeraFo
            wWI1LYyDBcXoMA8GA1UdEwEB/wQFMAMBAf8wQwYDVR0RBDwwOoIQcDUyMS5leGFt
            cGxlLm9yZ4IOKi53aWxkLmV4YW1wbGWHBMAAAgGHECABDbgAAAAAAAAAAAAAAAEw
            CgYIKoZIzj0EAwIDgYwAMIGIAkIBtRWBWgb/+/8cL8r/QyqPYs6iqdjilfWh/ITM
            D8CIoGNCcVoLJovfOdN9xDLlDSA67OYTKrBo7v330vZuskQ0fMwCQgC+AL5A4iFO
            7uoG8OIQ5NkNddlxGJU82oahOJn+rhsDisrJMuSWej4TOsN0a4VEL12/4BGZBbzf
            ooco3pkD5ye68A==
            -----END CERTIFICATE-----
            """,
        key: """
            -----BEGIN EC PRIVATE KEY-----
            MIHcAgEBBEIACVjIDkoEJPAfCcEE2quMsy0BLkXw6Up65Zj/PqpbybQPUeButZJ6
            +kac8T98397geXHSDLj64ghP49ku3NHAyB+gBwYFK4EEACOhgYkDgYYABABkQ6Eb
            gIp/ge0uosIdK3yFWa1Gu8xFHPYkr/gNRXU/TeXDjjbRjNxfy/2iWn7zVOt6yYzp
            zcqVOcqdcp6NdsOFxwFQEkoOGHU16OQRAS1ey251erafEOd1TTOlO7KkVYLwTDBp
            KY34RSCMjLGuVU1vSpCLu0FFZM5NlOswh+t7GwvR3w==
            -----END EC PRIVATE KEY-----
            """
    )

    /// The key in PKCS#8.
    static let ed25519 = OpenSSLPair(
        algorithm: "Ed25519",
        signatureAlgorithm: "Ed25519",
        commonName: "ed25519.example.org",
        serialNumberHexadecimal: "171253fdc5a84aeba7d4181e72724f6adbac805e",
        fingerprint: "ae04abf9b8dd216d8d32e8a586450a7942339619d999060aafe8e8df4661b3e2",
        publicKeyFingerprint: "3e68803f9e41e8151ddef81561d0f49ffc3ce212b595ae5b780b1e3800993713",
        certificate: """
            -----BEGIN CERTIFICATE-----
            MIIB5zCCAZmgAwIBAgIUFxJT/cWoSuun1BgecnJPatusgF4wBQYDK2VwMEMxCzAJ
            BgNVBAYTAkRFMRYwFAYDVQQKDA1FeGFtcGxlLCBJbmMuMRwwGgYDVQQDDBNlZDI1
            NTE5LmV4YW1wbGUub3JnMCAXDTI2MTEyMTAyMjE0N1oYDzIwODEwODI0MDIyMTQ3
            WjBDMQswCQYDVQQGEwJERTEWMBQGA1UECgwNRXhhbXBsZSwgSW5jLjEcMBoGA1UE
            AwwTZWQyNTUxOS5leGFtcGxlLm9yZzAqMAUGAytlcAMhAEiFTiE8rCa5OGtpEnCT
            BuVXo2jE2DHR7tdSfnaPWGeLo4GcMIGZMB0GA1UdDgQWBBT3D4lKcsVcnOXJEuOI
            iKifjPguIDAfBgNVHSMEGDAWgBT3D4lKcsVcnOXJEuOIiKifjPguIDAPBgNVHRMB
            Af8EBTADAQH/MEYGA1UdEQQ/MD2CE2VkMjU1MTkuZXhhbXBsZS5vcmeCDioud2ls
            ZC5leGFtcGxlhwTAAAIBhxAgAQ24AAAAAAAAAAAAAAABMAUGAytlcANBAJxkivo0
            +EkDDsO01Co3C71MQB6pbTwfkBNUpbPjUEAWaB/yWCpFDvdCX0eyza6E8ZXU7f5Q
            RnElOHNsIds1ag8=
            -----END CERTIFICATE-----
            """,
        key: """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIDZ+S0Z4Rnxc3b612nYAxMtUuDKwMj4nqE2QJ1Cj/NWV
            -----END PRIVATE KEY-----
            """
    )

    /// The key in PKCS #1.
    static let rsa = OpenSSLPair(
        algorithm: "RSA 2048",
        signatureAlgorithm: "RSA with SHA-256",
        commonName: "rsa.example.org",
        serialNumberHexadecimal: "76491e2f0b8ca32398571a54d7cc69424ae7e2bd",
        fingerprint: "d73b4df02ebd49ebfeb4c97f7f79e8768d61892defca9330e0c37762ee7212d2",
        publicKeyFingerprint: "798c5cdd3d51f2f1c57798d9a4128814cbbb389ca0d534e2b2cf7db480f1ebad",
        certificate: """
            -----BEGIN CERTIFICATE-----
            MIIDpzCCAo+gAwIBAgIUdkkeLwuMoyOYVxpU18xpQkrn4r0wDQYJKoZIhvcNAQEL
            BQAwPzELMAkGA1UEBhMCREUxFjAUBgNVBAoMDUV4YW1wbGUsIEluYy4xGDAWBgNV
            BAMMD3JzYS5leGFtcGxlLm9yZzAgFw0yNjExMjEwMjIxNDdaGA8yMDgxMDgyNDAy
            MjE0N1owPzELMAkGA1UEBhMCREUxFjAUBgNVBAoMDUV4YW1wbGUsIEluYy4xGDAW
            BgNVBAMMD3JzYS5leGFtcGxlLm9yZzCCASIwDQYJKoZIhvcNAQEBBQADggEPADCC
            AQoCggEBALWndfyzbr73B1L0yA45ldmY+LdnRHuZ8wMUZygZGhJ66AucmRwVkEfs
            0+2XwzxxiEpW6bzhREe5hdGZvmkOp1VZ6w7QW7QKdS+4JKak3hOfjX22ZQDwGAHQ
            wJ+AvxV3PqXgntQcX0ijF53vHS7QGTXAk8ZGfnIau4Iw7ged9gy0ShjZPTIQkerU
            J62bgyDb+idrNB4Zq+x6Kegz0rokCzZSc3OrUmpvUfCyzEVCL+huryuiuCRVUqYQ
            k4Hfnx3pOY39JuGoKptHoiDPnYHJOCAGrutKEQkzMgZxghirJ5RHOX5diQgoiFuu
            scYYRgODbh+wbYk88egvmzBC4u9ZJX8CAwEAAaOBmDCBlTAdBgNVHQ4EFgQUY2+v
            PxObWwV2u9kCocseFHCB4k8wHwYDVR0jBBgwFoAUY2+vPxObWwV2u9kCocseFHCB
            4k8wDwYDVR0TAQH/BAUwAwEB/zBCBgNVHREEOzA5gg9yc2EuZXhhbXBsZS5vcmeC
            Dioud2lsZC5leGFtcGxlhwTAAAIBhxAgAQ24AAAAAAAAAAAAAAABMA0GCSqGSIb3
            DQEBCwUAA4IBAQAgvxizsQQaO0yaoYyDRFGo6mSo89CZevz8vJemP7DQr+ygKVuv
            sH/dRitdpLZ+s4hDd+2z/fMasgl5ErbR+X2KwYw+1+g2kQ4at5m3Cwiu3PTJZhVm
            rTrokEQktRm+BU7o/3EDrH5qwtUuaLryB5QGgL03YUA44zdOOguXVa1/hhe5p+Uv
            Xwg8JUUej5oh1nyyE9iPjh2v19kvASWsJtLPLK6RCfptR7DA6A8n9U2HuoyqMe9v
            vkVKIaYpU5PkWc6Fqv2QZMsU3w9fyxRafP0oelIhwbI7zCbTcZTplX+Ia/J/RnB0
            CymvuytC8QoWWvO7kjfFwcu1ZArU5vGPLR04
            -----END CERTIFICATE-----
            """,
        key: """
            -----BEGIN RSA PRIVATE KEY-----
            MIIEowIBAAKCAQEAtad1/LNuvvcHUvTIDjmV2Zj4t2dEe5nzAxRnKBkaEnroC5yZ
            HBWQR+zT7ZfDPHGISlbpvOFER7mF0Zm+aQ6nVVnrDtBbtAp1L7gkpqTeE5+NfbZl
            APAYAdDAn4C/FXc+peCe1BxfSKMXne8dLtAZNcCTxkZ+chq7gjDuB532DLRKGNk9
            MhCR6tQnrZuDINv6J2s0Hhmr7Hop6DPSuiQLNlJzc6tSam9R8LLMRUIv6G6vK6K4
            JFVSphCTgd+fHek5jf0m4agqm0eiIM+dgck4IAau60oRCTMyBnGCGKsnlEc5fl2J
            CCiIW66xxhhGA4NuH7BtiTzx6C+bMELi71klfwIDAQABAoIBADgr5+Kz849uoN+o
            nMI1UV6fnG1OLBGSeeBea0WteW/0fJO2oWvbSSnMlH4YW0FyFAR02sNS30PUnQpC
            4evnoZvVeceza2ABidovNXooahmkUWLpx1Lia3IIRMAt1ijDnmY5zrNlcJtr/04R
            ljMXG2yRN8DspIYROSFZkwlc8axcf+9wuoZ1daAxtEuOuNyqzQwCHIQ+BnwiuOLE
            affD6QKDdJwDuDqAGAKz8xcDx8qMCQtR8CpcyEeNJkb6u4UAQkjZWfqoaU6loGTg
            WyNfQJqphpXSX/Zm2Si6MU+DcOu/KjueS0T5QObdhipLw22btRTRzzH1sQigxzkc
            Y+u3SEkCgYEA6aL+mRLNgaiownZt8jW5jtBruOhcwqJsFFB2wf2nSEwH4W2RWin9
            MDmDNGZPe2KuaabYmBVKITvauc3LJrCQNRhq51PXN+ZQ0kXhymt2Big/C6NeiavM
            Sc3n6JJ+RvW/igpwzJol9vc3pt+ahFY6hom2G0LmYxOQIVGB/9Xt7scCgYEAxwqx
            MEmucx3xNG0fwPEM9essRNEqURsZHk8kqPJtyEWy9/KucmDLCAsAc7yTw2FXM4HC
            DamOcnxqFk/F5CPOI/tYftq13wTJ2mC7ya34i8p9yuQ2uA8T5+D6gbwhim7XjAwW
            PA6NwJQ0FA4DJp+O3cOOeq0Alr856Gq2L+ifu4kCgYBhnogQf2m8jjMNJZykwkvo
            3y7TUMtJS8Iq7r/gKFLYA2SbjUNZUAgJOU6X+1Okc0P6wwrm6KZTooWucs06OjXW
            6X/pbf+TzLjiUu6XvDTRN8m33CfpEA5InC8U3vjCP3YrgFdHNfU87mijYfRW7QyB
            IFMlqttGdGsZcMwHkGRdCwKBgB/2W5XBfz4FJOKiU2MMUmR7K1SxsfXsQBBZ7S0k
            IPT0HFUsp06+tFvKSHxNX/0T+IjQ4XSIMdO4nuCOVtzX0xZ8Gi3kuSfjAPcMaZtt
            UGhCUAjwtMjBwxSNUCzdJRWxzvMyTa+/NowiQGqoBWGCZdK+wHZ6qYmLk6T63d67
            oErhAoGBAMCLyHBXuwoDJwlPEGUuBrTSWcuBH1oDzFc6tvUcYJSxtaDxAb0L7LUj
            6gT9bIPZvK0eTKAp7f6wNwd2B1LwyFCBJoJ3QAZNL8/DFbA6j5hDE82hyxG6Dqq8
            aB5URB8T6wMU2yWr8UDadN29ve5YIBV6zB/VeDxFV/A3ETwfRpme
            -----END RSA PRIVATE KEY-----
            """
    )
}
