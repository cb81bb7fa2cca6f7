package import NIOSSL

/// An authority, one below it, and a client's certificate of that one, with its key: all made by OpenSSL 3.0, valid until
/// 2081, and good for nothing else than tests.
///
/// ```
/// openssl req -x509 -new -key root.key -addext basicConstraints=critical,CA:TRUE \
///     -addext keyUsage=critical,keyCertSign,cRLSign -days 20000
/// openssl x509 -req -CA middle.pem -CAkey middle.key -days 20000 -extfile \
///     <(echo basicConstraints=CA:FALSE; echo keyUsage=critical,digitalSignature; echo extendedKeyUsage=clientAuth)
/// ```
package struct OpenSSLChain: Sendable, CustomStringConvertible {
    /// The kind of all three keys.
    package let description: String
    /// What `openssl x509 -subject_hash` says of the root: its name in a folder for OpenSSL.
    package let rootHash: String
    package let root: String
    package let middle: String
    package let visitor: String
    package let visitorKey: String

    package static let all: [OpenSSLChain] = [.rsa, .p256, .ed25519]

    /// How the visitor speaks TLS.
    ///
    /// - Parameter isComplete: whether it sends the authority along that is below the root.
    package func tls(
        isComplete: Bool,
        versions: ClosedRange<TLSVersion> = .tlsv12 ... .tlsv13
    ) throws -> TestConnection.TLS {
        var tls = TestConnection.TLS()
        tls.versions = versions
        tls.certificate = try (isComplete ? [self.visitor, self.middle] : [self.visitor]).map {
            try NIOSSLCertificate(bytes: Array($0.utf8), format: .pem)
        }
        tls.key = try NIOSSLPrivateKey(bytes: Array(self.visitorKey.utf8), format: .pem)
        return tls
    }
}

extension OpenSSLChain {
    package static let rsa = OpenSSLChain(
        description: "RSA",
        rootHash: "cb99f9a4",
        root: """
            -----BEGIN CERTIFICATE-----
            MIIDSTCCAjGgAwIBAgIUGm5+X80VIfDOUn24CtezeNXfje4wDQYJKoZIhvcNAQEL
            BQAwKzEWMBQGA1UECgwNRXhhbXBsZSwgSW5jLjERMA8GA1UEAwwIcnNhIHJvb3Qw
            IBcNMjYxMTIxMTE0MDM2WhgPMjA4MTA4MjQxMTQwMzZaMCsxFjAUBgNVBAoMDUV4
            YW1wbGUsIEluYy4xETAPBgNVBAMMCHJzYSByb290MIIBIjANBgkqhkiG9w0BAQEF
            AAOCAQ8AMIIBCgKCAQEAqr6v1zMUitRFa+xfM0mkqE48KQfgDwm49RmtZ0Dw8VuD
            /lr9YLyyFA9g/Hd/Hw90zEviCEKjLpVj6eeMSLWFSH2icZ7EM2p6IPfimiqCwA2B
            +Nf0Uy2ZdkeYfBmVFgSOyQ30sOw/0m9bKtn8CBh8uzte56jMl+zkIW7m4nZIIiCr
            wXQiEWqaaloieufwCt6OMdagqxOT4edeKJ6+Q/kHRB0T2aQMqYgKXQhf0HVc+wFv
            +5AaaOj2SJxgGP4YlQVG++Lt/hkoQeyHtXaSyqmh1JQ7zxy7aqEKL6WwjLnsuzZW
            AgLAsVI022pY3y9twT6jnB9Vh3ONx9dwzg+U6FiZTQIDAQABo2MwYTAdBgNVHQ4E
            FgQUw8yqHhFwBOuOTjrj3PyOuPxMCOAwHwYDVR0jBBgwFoAUw8yqHhFwBOuOTjrj
            3PyOuPxMCOAwDwYDVR0TAQH/BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAQYwDQYJKoZI
            hvcNAQELBQADggEBAGB1moy/7r5B6U3IUlpgjll2b3vyuCGf0Nx3N325JPZEoEyX
            EDt/v+oXb/NpZo+3JUn8s7oJ6mYkzWb6GwlXpCDpAgJQcwUyORqGGrZfj6VbwHDc
            zPg93tJqMniyM8o9iJA5BWgAbfgbPheLK2BPHJGXjiY9BzwRGwjRxldwtHHljtr7
            ylgVOL4q85OSDJVPLpcWrtfFmH/NBQ+K3yY10UnYfvE3J3Bc8c0EUIDO32hvw+xd
            Tw7exY3jjdt9GZ7j+GfWsRJTRTw/kqTs938hfe4gSYghY7JqBoWIuZsnSvO02KXn
            0RT6rqW4bLqYSppQeJQCCBWCh2IcxnQH3X01ROM=
            -----END CERTIFICATE-----
            """,
        middle: """
            -----BEGIN CERTIFICATE-----
            MIIDTjCCAjagAwIBAgIUDxpTMf5X7xZoZV+zncDyc6myLFIwDQYJKoZIhvcNAQEL
            BQAwKzEWMBQGA1UECgwNRXhhbXBsZSwgSW5jLjERMA8GA1UEAwwIcnNhIHJvb3Qw
            IBcNMjYxMTIxMTE0MDM2WhgPMjA4MTA4MjQxMTQwMzZaMC0xFjAUBgNVBAoMDUV4
            YW1wbGUsIEluYy4xEzARBgNVBAMMCnJzYSBtaWRkbGUwggEiMA0GCSqGSIb3DQEB
            AQUAA4IBDwAwggEKAoIBAQC9ABA5HKIu+2kj+e0xz0RNwKiigrZjU5rnZubggjfR
            d1K3xKVwkOlVVHouMQcw9Qp/7qGV+8qF7OcvljQkEzdpNBkt3ytBWr3vmInOx44S
            NWJDUmF6Qntqixs3gRXOWzyTzZdt/PnLBPmlH5dBeSxb+pCgbi6KyjDEfM+lNCCc
            C4tTlSsOrxCaH4xeKl1rcXj8QalmUjblfC0QXKRNLmHHeT0T9RSDuO56R/KVMRrU
            O/JYXsbPyQRd8EDAV3yEmBi7w1nntXTxD31ok3mt//I0g3c2CLdAaJZsWYRwC4Iz
            cubrNbHakcaLe7dZtjxUGvc9PksEhRfpXFRE+Ww/cPGNAgMBAAGjZjBkMBIGA1Ud
            EwEB/wQIMAYBAf8CAQAwDgYDVR0PAQH/BAQDAgIEMB0GA1UdDgQWBBQKgzRZKofq
            7DIOXBsEF5IdVXoD7zAfBgNVHSMEGDAWgBTDzKoeEXAE645OOuPc/I64/EwI4DAN
            BgkqhkiG9w0BAQsFAAOCAQEAXtyu81eDmT+bXlDNlCY0fIKMFpuwnyLRbjE146d9
            o/LEDJtGFhFwVe29UFfPzgO4S+smcooHQDNgeCVEwcbvVRECy2/YQANcOqeBoH08
            ttRKb+H443jYFhy+YSqBQUaGXPAygJq2ypkCF1lARgElE8sUP5qbxabt1VOPTPVH
            zC4zk+gb0LZLNOZ+0KvP/AK4aGgok/bCACvmCbL62kydUjKnzzwVQx0tb+87VbQI
            ZYr956L/8JiETeWVBZoG/eJr/qE7SL5vubgtv306YGqY4TJb08YPKcfjtE+dlKih
            qtobhzwTJXBReEbb8mZl/yPPv8KAdHmPulgVTIvqndaH5w==
            -----END CERTIFICATE-----
            """,
        visitor: """
            -----BEGIN CERTIFICATE-----
            MIIDRTCCAi2gAwIBAgIUdtL81I2UhD5QlknAShFgJDhwDzgwDQYJKoZIhvcNAQEL
            BQAwLTEWMBQGA1UECgwNRXhhbXBsZSwgSW5jLjETMBEGA1UEAwwKcnNhIG1pZGRs
            ZTAgFw0yNjExMjExMTQwMzZaGA8yMDgxMDgyNDExNDAzNlowFjEUMBIGA1UEAwwL
            cnNhIHZpc2l0b3IwggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQDKBAbj
            +Q5KcO4oaV0EofcqZTAIrx9Xhz9O93Y+vBthwGFNF7B8UjHLvmSe6moD+tljsK4T
            EhBKxOhIsa4IssFJ2X/TJwPEIev53LWy7IpTX1ZeLqL1wH34XH6ZTcncarKo4zWb
            SpuHny8FcqPp5k8MPVHI48y1XZsvFg0QfdzGwlujAotbyaPC/2rQaUZjuN58eLiK
            qhNSnbViUXQtZ9aiPG+4N2WlYFn4G+V/MuwDm2XgYVQ2ceKg5LhXjTxGeQVc/g3N
            QYWvfUJs8LT624NjKIJ4OoVYF1Irx/n//9JuEKxfs0kTi55vcPmcZkq5nI86houS
            JSJEGDvKHjJe5CNhAgMBAAGjcjBwMAkGA1UdEwQCMAAwDgYDVR0PAQH/BAQDAgeA
            MBMGA1UdJQQMMAoGCCsGAQUFBwMCMB0GA1UdDgQWBBSGzBh7kmjqJRLynb+wXOZT
            mm4AIzAfBgNVHSMEGDAWgBQKgzRZKofq7DIOXBsEF5IdVXoD7zANBgkqhkiG9w0B
            AQsFAAOCAQEAVm45XVqHHnQr4V9joiPmQq61xF6pSrdWA6/r87akS9zjORAGD5p1
            19tz8e1UwSkUXQRp/+y4MqEypzmgXYxBJPXc+QjO8VA5iqqiSFI8FvqZy7RiZRBV
            VIQeC8iEzyZ9gyOQxmuNExwWh947iih2ufgBdTwgeBoW1z0dzfUaOnAjZOLr6AM8
            atTuwp4x+xSmESqQbrFmQpWsD57NhfC3I2kmmCpuPH/XsyFNn4PiphCJ3phIv8Vw
            2exmbm+OE3hUS1BkrRliHIW/JQepGedVyf6OXnAVUH0/zuYuYp+MbMj/VLKAI3UL
            d+CYG4aE5ivwR4ZMylONVQ/Xc6rVSACFow==
            -----END CERTIFICATE-----
            """,
        visitorKey: """
            -----BEGIN PRIVATE KEY-----
            MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQDKBAbj+Q5KcO4o
            aV0EofcqZTAIrx9Xhz9O93Y+vBthwGFNF7B8UjHLvmSe6moD+tljsK4TEhBKxOhI
            sa4IssFJ2X/TJwPEIev53LWy7IpTX1ZeLqL1wH34XH6ZTcncarKo4zWbSpuHny8F
            cqPp5k8MPVHI48y1XZsvFg0QfdzGwlujAotbyaPC/2rQaUZjuN58eLiKqhNSnbVi
            UXQtZ9aiPG+4N2WlYFn4G+V/MuwDm2XgYVQ2ceKg5LhXjTxGeQVc/g3NQYWvfUJs
            8LT624NjKIJ4OoVYF1Irx/n//9JuEKxfs0kTi55vcPmcZkq5nI86houSJSJEGDvK
            HjJe5CNhAgMBAAECggEAAbwByHidmXYEFW9nemAJnIuR21aQO6glmv/05ppRgd1X
            oy8jjMMH5RVADT07UR1uOwo2nw31+y5a8C+BAazHNrhvUy4akiyDDM91n+ZNVGSV
            JpSFQabiw1HH+c5OgAif0A4N/8Sm4TCKBCSf06TujiRYohOSm7FaC7rHZ0TYCGd5
            ikVxCdQWBZS19qeFOTlvVug65VDerk3VgHEfLA7aebFuYC6xJryiwaGov5nuKoEX
            JXyeqCga82Bu6ylKjVeyIK8RXwJee6HcZPNBe9OyBgqGee6Xm3lus5we5rwzecIZ
            CLX3lH85XoYo0VZdkooj7odqZaAPM/gsleso7lACoQKBgQDjpUg1zf0BhornCrK6
            cRlR6sj03ANBqn4ACAhW9xvnaPzyTbXR7rhhNFO313eXORAsbe01sUmmsmlDViit
            WAE7Cf4NzOPAq3BKmPLcL/LMnrd1uJg6uSnFIeqyRK8F7yA7Au8EknRwKd9Vug6q
            j5yMmYZcs7+UwL4eSMXbApqmQwKBgQDjLYI7Ma+VWFSSA4V2+7n8CMhsOuQXMGHr
            hWBXhNgguBPH55gFt6m4CVsdTyhT/KBP7uuPm48pXJBAaaN5ttkXzP8QphiKeZTX
            nFcgyvqtfACWPyXWa39d2nnc4LqPjC0MmKveroaPJQZp4EmP+tAsyfEz2tpBq6xd
            doqb2NNfiwKBgQCkQ425lWvtf+IXGXciZZ35qEtdtKx848OLzkAGUMVH1FBBn6WF
            WJafPZzzWX0oF7r99ExopAcbTD38ot0zR/+LVIiH+MKXMp4Slg8Yp1iyIg0L2ymt
            phLn9rNd84W/6G7/ZfyG9g8jKHPJbjpLBNnX8qgrmGCzu+jz/VsXz+c79QKBgQCG
            FYEtIOlKU2Uu/ScUEAU4zZJF1why61qQIRu47C6IOT1rmrSugzWH6vW9OdBKqeuQ
            4ipki2MW/YwiiHc1SoedtZ/CGtaXPKVuENeYAlWseWj7RPA3OyFkqqOMi5NxUEHy
            klW2y/mdmTPM39VrRpUCKnrTqVNyuTm1vFaZH4O6ewKBgCcJsHnzaAtbWhzu2WPV
            wEkjHextitO25uF8mtecTax0VUu26s42RhdHXHLNYAd7k0swvg821BaenKkwAQD9
            ry2Mx4PfPsSMbEhaHAD6htjavVt9w1IBlrP0QPtCbaGGZ1f9GiglVr3C5hD9OKjv
            pakEcKgkNnuw4oO6dqLMhkg3
            -----END PRIVATE KEY-----
            """
    )

    package static let p256 = OpenSSLChain(
        description: "P-256",
        rootHash: "3b39ff76",
        root: """
            -----BEGIN CERTIFICATE-----
            MIIBvjCCAWWgAwIBAgIUHLAepoHJ7+i+tbHSEmXaGwVHF8AwCgYIKoZIzj0EAwIw
            LDEWMBQGA1UECgwNRXhhbXBsZSwgSW5jLjESMBAGA1UEAwwJcDI1NiByb290MCAX
            DTI2MTEyMTExNDAzNloYDzIwODEwODI0MTE0MDM2WjAsMRYwFAYDVQQKDA1FeGFt
            cGxlLCBJbmMuMRIwEAYDVQQDDAlwMjU2IHJvb3QwWTATBgcqhkjOPQIBBggqhkjO
            PQMBBwNCAARBuwJgLKsA+GxFyWfgxZwaTYTqy1TMYcckleM5FF+CiwDlPkJh5b4p
            JomdVNvBq5fOOswcvm0HBZS3q23/utgjo2MwYTAdBgNVHQ4EFgQUwiSwH8CjJO+g
            iDpG3zuY2yMoLOgwHwYDVR0jBBgwFoAUwiSwH8CjJO+giDpG3zuY2yMoLOgwDwYD
            VR0TAQH/BAUwAwEB/zAOBgNVHQ8BAf8EBAMCAQYwCgYIKoZIzj0EAwIDRwAwRAIg
            Miptw8N3Uyl3jj9WiYb2dmv1e5RHiGWXGBTiQQLJeNoCIEFQIpQ0XIS4bytqz5hJ
            acMJxR6BupMYBcXgLhZUf4Fw
            -----END CERTIFICATE-----
            """,
        middle: """
            -----BEGIN CERTIFICATE-----
            MIIBxDCCAWqgAwIBAgIUd//JuUP6Io/lwZ7G+YOtE/ABsn8wCgYIKoZIzj0EAwIw
            LDEWMBQGA1UECgwNRXhhbXBsZSwgSW5jLjESMBAGA1UEAwwJcDI1NiByb290MCAX
            DTI2MTEyMTExNDAzN1oYDzIwODEwODI0MTE0MDM3WjAuMRYwFAYDVQQKDA1FeGFt
            cGxlLCBJbmMuMRQwEgYDVQQDDAtwMjU2IG1pZGRsZTBZMBMGByqGSM49AgEGCCqG
            SM49AwEHA0IABJ50d/SYbdWoBJ8EQaze2mS+BIEZWhGHNZYmuG64uzfAm/2Sqrlc
            xujx5DWFjSWQNP/U5mk1nRqloGS4Y1WoOiajZjBkMBIGA1UdEwEB/wQIMAYBAf8C
            AQAwDgYDVR0PAQH/BAQDAgIEMB0GA1UdDgQWBBQxukwbBWbaNct3SS4SEipLWLqB
            5zAfBgNVHSMEGDAWgBTCJLAfwKMk76CIOkbfO5jbIygs6DAKBggqhkjOPQQDAgNI
            ADBFAiEAiHPLMNr/tfCGZAhl+RkTD6tCrxfRc1QkTOyZi8GEjNMCIF+8Ipn5Jo66
            YTXogIRw80ArxSRCRTXZ7esvciao5QFc
            -----END CERTIFICATE-----
            """,
        visitor: """
            -----BEGIN CERTIFICATE-----
            MIIBujCCAWGgAwIBAgIUOIqvkL7FXhuAMugrMfVHJUdWlpkwCgYIKoZIzj0EAwIw
            LjEWMBQGA1UECgwNRXhhbXBsZSwgSW5jLjEUMBIGA1UEAwwLcDI1NiBtaWRkbGUw
            IBcNMjYxMTIxMTE0MDM3WhgPMjA4MTA4MjQxMTQwMzdaMBcxFTATBgNVBAMMDHAy
            NTYgdmlzaXRvcjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABGddtsofwa05ID+l
            ssl8Yf5PlP9RsQUwR0umLvWX0qI9Z0xBqqc/lhuKzn3xwt8NUAp0GvAqmgHfsqm3
            zaLh3e2jcjBwMAkGA1UdEwQCMAAwDgYDVR0PAQH/BAQDAgeAMBMGA1UdJQQMMAoG
            CCsGAQUFBwMCMB0GA1UdDgQWBBRXP3fktjmsJ6mrF0jDnGquUgAFIjAfBgNVHSME
            GDAWgBQxukwbBWbaNct3SS4SEipLWLqB5zAKBggqhkjOPQQDAgNHADBEAiA4W3uh
            1zvAUZ3bLrc/gQhPdnowmq78pGaAopAPsfySyAIgJK2S68ZrEja3lyvcbTlbxYlc
            Pq9FNrBrOgubxRepLHk=
            -----END CERTIFICATE-----
            """,
        visitorKey: """
            -----BEGIN PRIVATE KEY-----
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg3eroKc0X7iDbtkAa
            XyvTp2pioS7iOdfBPE6gY0Pz0KqhRANCAARnXbbKH8GtOSA/pbLJfGH+T5T/UbEF
            MEdLpi71l9KiPWdMQaqnP5Ybis598cLfDVAKdBrwKpoB37Kpt82i4d3t
            -----END PRIVATE KEY-----
            """
    )

    package static let ed25519 = OpenSSLChain(
        description: "Ed25519",
        rootHash: "c54e6d98",
        root: """
            -----BEGIN CERTIFICATE-----
            MIIBezCCAS2gAwIBAgIUOOenGgoYLVxlH9DWhPVxvYe0MREwBQYDK2VwMCoxFjAU
            BgNVBAoMDUV4YW1wbGUsIEluYy4xEDAOBgNVBAMMB2VkIHJvb3QwIBcNMjYxMTIx
            MTE0MDM3WhgPMjA4MTA4MjQxMTQwMzdaMCoxFjAUBgNVBAoMDUV4YW1wbGUsIElu
            Yy4xEDAOBgNVBAMMB2VkIHJvb3QwKjAFBgMrZXADIQCEMGT/LaP7S6J9SGFYLR8m
            z4fl4ZEkzsHkUYYqGX750qNjMGEwHQYDVR0OBBYEFFNw3jfE9C8m9khsj6J+UicK
            +kNxMB8GA1UdIwQYMBaAFFNw3jfE9C8m9khsj6J+UicK+kNxMA8GA1UdEwEB/wQF
            MAMBAf8wDgYDVR0PAQH/BAQDAgEGMAUGAytlcANBAPndWcO4oibdgDEjil7/s3AJ
            uaQiMGBTULqmo80YqrMncNjGrim3JreBWp239oYOgH3rPK/M72yBAdDAIE5B1QE=
            -----END CERTIFICATE-----
            """,
        middle: """
            -----BEGIN CERTIFICATE-----
            MIIBgDCCATKgAwIBAgIUS33z72dKbAQWmJAGIdtouPLlo6swBQYDK2VwMCoxFjAU
            BgNVBAoMDUV4YW1wbGUsIEluYy4xEDAOBgNVBAMMB2VkIHJvb3QwIBcNMjYxMTIx
            MTE0MDM3WhgPMjA4MTA4MjQxMTQwMzdaMCwxFjAUBgNVBAoMDUV4YW1wbGUsIElu
            Yy4xEjAQBgNVBAMMCWVkIG1pZGRsZTAqMAUGAytlcAMhAJqa1KRhRzPvB9R31thU
            RLcZE55mbkz+RCjRAfNDszG4o2YwZDASBgNVHRMBAf8ECDAGAQH/AgEAMA4GA1Ud
            DwEB/wQEAwICBDAdBgNVHQ4EFgQU3WsR9Chg7sDA6ODEzCGwmWY4wrgwHwYDVR0j
            BBgwFoAUU3DeN8T0Lyb2SGyPon5SJwr6Q3EwBQYDK2VwA0EAP6MIzLMAHQhcQb5R
            EojUzmrGurZOa5lU3eF/Bj56KwaYudTmSHTcxBIzIQ5nGdXYLTfGB6z0UeYVDXuY
            hNEKCQ==
            -----END CERTIFICATE-----
            """,
        visitor: """
            -----BEGIN CERTIFICATE-----
            MIIBdzCCASmgAwIBAgIUVHR2os4JAk5ocedluq2gXwE17lEwBQYDK2VwMCwxFjAU
            BgNVBAoMDUV4YW1wbGUsIEluYy4xEjAQBgNVBAMMCWVkIG1pZGRsZTAgFw0yNjEx
            MjExMTQwMzdaGA8yMDgxMDgyNDExNDAzN1owFTETMBEGA1UEAwwKZWQgdmlzaXRv
            cjAqMAUGAytlcAMhAF7LsCtisNSwv/FOBuzK22C1i65Abo4AMajsdzsGOv0To3Iw
            cDAJBgNVHRMEAjAAMA4GA1UdDwEB/wQEAwIHgDATBgNVHSUEDDAKBggrBgEFBQcD
            AjAdBgNVHQ4EFgQUMp+AieZGovAeZ9Pxwd3XCunmLeswHwYDVR0jBBgwFoAU3WsR
            9Chg7sDA6ODEzCGwmWY4wrgwBQYDK2VwA0EAcBJIeXj1d0BNFe+8hIc6AS9hNosR
            g6hI/a2AVAzlPaby7Toar2L7NA4YkiNszP3Kgm0zdWZppJzLKePgSqkpAQ==
            -----END CERTIFICATE-----
            """,
        visitorKey: """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIFe8sJd9WjGRvHTmQIZ0+pBZyRGuTOOi1ricpmdOCyFU
            -----END PRIVATE KEY-----
            """
    )
}
