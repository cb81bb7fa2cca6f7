/// What openssl(1) makes beside plain pairs; the keys are refused.
enum OpenSSLOddity {
    /// PKCS#8 under a password.
    static let encryptedPKCS8 = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjIjp5Tbt0G6wICCAAw
        DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEECjMrd18H4B714xHoGomzm4EgZBa
        mNcmJA3fVJ3oKHIwDCu0Zvr5kqrn7xcdW8QsyMbJvsxlE8BQ8kY/aXUZtopu6Nzc
        WJfYDzsz1TSVLb6caX8zaTGeaPzk454iGPXArwCWN5gDad2cKtE8ceIK0Mq5gTOT
        sFWvzjz2jyeOaGqDEHqUS351xGu7sy4XG+eKYx0KTgQJCxtCRgKQw6WmuwW1jTQ=
        -----END ENCRYPTED PRIVATE KEY-----
        """

    /// SEC 1 under a password, in the way of old versions.
    static let encryptedTraditional = """
        -----BEGIN EC PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-128-CBC,8BF3C13FB7A73520B6B05FA622DBB5DD

        kRmfhf5UGqXa7KpzWRR9IriSa2QqMTpLovV+08Otndpl4s6HYP5ZJhA4m9FF5cKY
        fyAiFrLafMyuEDuaqn28bSKH7wNa5It7Ba6drQMqOhF6zwObSyOm7ruGUMsVUNnu
        puxAbmO2ilwebEyOLqLsU8EYAjhuJ/SyBQv628vtsi4=
        -----END EC PRIVATE KEY-----
        """

    /// A curve that TLS libraries leave out.
    static let ed448 = """
        -----BEGIN PRIVATE KEY-----
        MEcCAQAwBQYDK2VxBDsEOVjBzIdHfkiHl2/PK+EHqc13lDNCIT+Bkn8plfqDQvYX
        N4WhFT6HielpA28hQmC2m6VzrGqnq0lUxQ==
        -----END PRIVATE KEY-----
        """

    /// The curve of other systems.
    static let secp256k1 = """
        -----BEGIN EC PRIVATE KEY-----
        MHQCAQEEICp/lyhkpr7rlmUCF12WbszeXlN06etIN4BMGIS3w4mroAcGBSuBBAAK
        oUQDQgAEKGOoE5J4wbiBYjWt0AzsLAfP9wVAOuqOZGPbCmImBMrYF7OlVzBwd+wt
        rjQOsdAP1Awsx05m0o4G03XHoTTSiw==
        -----END EC PRIVATE KEY-----
        """

    /// Too short.
    static let rsa1024 = """
        -----BEGIN RSA PRIVATE KEY-----
        MIICXAIBAAKBgQDr2MFFPbzH8AdHc8KHwf2BeGujF8Z3Cndgr8MVEknCj/QWnoHk
        MkATL0vol5XWbi5VwaYltO6V/QJHydg3K4/O+G+h/DUcIJ77ZEAwdttBW5mbQ/iD
        jxwzUKW44TMdkIqqohc79/Ds4iT0HInYz2QqPJo2tt4Q69qMdgVdczR75QIDAQAB
        AoGATxLkceeqJMroVd+NCGFVMpSCWjM9emoK7mLfoG/6RP5o0zCf0je63fPMmpZA
        SZ21cVE0+I16NNWYbyNQl+bGFvS8jwe1RgD59Ez973Lw0w8WTmdu9QLIExkFDJfz
        G2+t3qHQCLHsgJqhGw9v5RaxRi0bVnAdOp+mYriQbIeu98ECQQD+aZWqIZKF5avP
        NCKfZxQtJB5B41BPnFxcfsoO6tUVNSKNcnMMvnhehBdjcvoKj6M0exGdmqKz9XW7
        lG7EEarxAkEA7VGDHoq6JliMhAvH7Wx8r8brtECPC/G28sCWGgTbM3ghYj2xoSqe
        pzCHtqSqDe8Rt347NNUu8eu/pt3IjN2YNQJAVUN1kUsnHBDY/9xtLhcRv/821MYm
        CEhS+/zSIyW4vB7OsbEFteOv251RaVcDTb7N56zHPpawqLc++drJNJTnQQJAV5Hn
        d0Krk/DC0Qrj2Dla/SXC3f2gi0DDSGpGOQ2nsSNX9j9bp2PprTncKkoysfeQqwv6
        XvF3ZC+gxbs7ALfYLQJBAMCRvKXcMlRGxVmm4e18zjG0GNdNpxQuxvD0mrHujR2M
        Y7VlMd8CX/bPzRs6zLyULxobq+e2cpIco+DoFp4Z6zY=
        -----END RSA PRIVATE KEY-----
        """

    /// Not refused: a certificate with what OpenSSL adds to one that is trusted.
    static let trustedCertificate = """
        -----BEGIN TRUSTED CERTIFICATE-----
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
        kT8H09+ay+Ib75aKyGOyxHezMAwwCgYIKwYBBQUHAwE=
        -----END TRUSTED CERTIFICATE-----
        """

    /// A PKCS #12 bundle, in base64.
    static let pkcs12 = """
        MIIDyQIBAzCCA4MGCSqGSIb3DQEHAaCCA3QEggNwMIIDbDCCAo0GCSqGSIb3DQEHAaCCAn4EggJ6
        MIICdjCCAnIGCyqGSIb3DQEMCgEDoIICOjCCAjYGCiqGSIb3DQEJFgGgggImBIICIjCCAh4wggHE
        oAMCAQICFChvm+eJHzbYigQFtSsaGbvRkjujMAoGCCqGSM49BAMCMEAxCzAJBgNVBAYTAkRFMRYw
        FAYDVQQKDA1FeGFtcGxlLCBJbmMuMRkwFwYDVQQDDBBwMjU2LmV4YW1wbGUub3JnMCAXDTI2MTEy
        MTAyMjE0N1oYDzIwODEwODI0MDIyMTQ3WjBAMQswCQYDVQQGEwJERTEWMBQGA1UECgwNRXhhbXBs
        ZSwgSW5jLjEZMBcGA1UEAwwQcDI1Ni5leGFtcGxlLm9yZzBZMBMGByqGSM49AgEGCCqGSM49AwEH
        A0IABFEnaenWV3gESux2JOBqKxIDp0eZMU/Ed6PN1G0qwHnbDfRtuzqW0+/MzV+eh0IgqDj1cLSF
        v6qClIOIw8ZdxhejgZkwgZYwHQYDVR0OBBYEFJliPAjwv97HrfPJ8ZSVqmZEa30lMB8GA1UdIwQY
        MBaAFJliPAjwv97HrfPJ8ZSVqmZEa30lMA8GA1UdEwEB/wQFMAMBAf8wQwYDVR0RBDwwOoIQcDI1
        Ni5leGFtcGxlLm9yZ4IOKi53aWxkLmV4YW1wbGWHBMAAAgGHECABDbgAAAAAAAAAAAAAAAEwCgYI
        KoZIzj0EAwIDSAAwRQIgSw2Kh7iofoUHVFCfAoDRGfyQPVDAlDKvDBkXmLbMosICIQCS8GU8rIJ0
        JtxPn8WGnpE/B9PfmsviG++WishjssR3szElMCMGCSqGSIb3DQEJFTEWBBRU5f4sYQbc2KuBgvZb
        +w4X2NBqvDCB2AYJKoZIhvcNAQcBoIHKBIHHMIHEMIHBBgsqhkiG9w0BDAoBAaCBijCBhwIBADAT
        BgcqhkjOPQIBBggqhkjOPQMBBwRtMGsCAQEEINFzY5sMpiCMEBMqXK2PWDQXpbChtdiFUpP89nNm
        Mwl8oUQDQgAEUSdp6dZXeARK7HYk4GorEgOnR5kxT8R3o83UbSrAedsN9G27OpbT78zNX56HQiCo
        OPVwtIW/qoKUg4jDxl3GFzElMCMGCSqGSIb3DQEJFTEWBBRU5f4sYQbc2KuBgvZb+w4X2NBqvDA9
        MDEwDQYJYIZIAWUDBAIBBQAEIIijbRzY1cN7jN3m5WXEFaG0V4OWmOuVGaV8hDJspnRIBAgK8TT5
        DAXDFw==
        """
}
