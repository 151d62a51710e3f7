/// Signatures over ``SignatureVectors/message`` in ``SignatureVectors/namespace``, whose bytes never change.
///
/// No security key is at hand where tests run, so those were made in software; the RSA one is from `ssh-keygen`.
enum SignatureVectors {
    static let message = Array("hello delegation\n".utf8)
    static let namespace = "delegation@example.org"

    static let ed25519 = armour(
        """
        U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAgA6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbgAAAAWZGVsZWdh\
        dGlvbkBleGFtcGxlLm9yZwAAAAAAAAAGc2hhNTEyAAAAUwAAAAtzc2gtZWQyNTUxOQAAAEA739hqE0z6DsUJmfD4RcyCVbeDhmjG\
        FDuU99xR23tEFZuRJmvQ0CFpYLZVazvvCFYBuBc5MzCqTVDYEyLtnnIH
        """)

    static let ecdsa = armour(
        """
        U1NIU0lHAAAAAQAAAGgAAAATZWNkc2Etc2hhMi1uaXN0cDI1NgAAAAhuaXN0cDI1NgAAAEEE+evkZBR8wQLZIyTQmdknwaUOQtV6\
        CKEW/+wKKYGdjGVwuvfRKIiQKmoMHWet0QMSPIWatpv46UMck4STDUt+7gAAABZkZWxlZ2F0aW9uQGV4YW1wbGUub3JnAAAAAAAA\
        AAZzaGE1MTIAAABkAAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAABJAAAAIAzGMA0KWS5Mg85V5GVN6dSWRVj+BhovhBrmhLAtXUo5\
        AAAAIQCZvO2uaTugYc5QXWenHe0UJcnjz14ZAFUZIGmtvmorGQ==
        """)

    static let touchedEd25519 = armour(
        """
        U1NIU0lHAAAAAQAAAEoAAAAac2stc3NoLWVkMjU1MTlAb3BlbnNzaC5jb20AAAAgA6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyG\
        ZBJVMbgAAAAEc3NoOgAAABZkZWxlZ2F0aW9uQGV4YW1wbGUub3JnAAAAAAAAAAZzaGE1MTIAAABnAAAAGnNrLXNzaC1lZDI1NTE5\
        QG9wZW5zc2guY29tAAAAQEjOyqmUxDRWLIkscYm4J71hTBbYmLIS6RUNv3pQvB7kRucCP4eBs0iJlWcQRLgCRob0l6yOwAihBntY\
        ZMT9wwIBAAAABw==
        """)

    static let verifiedEd25519 = armour(
        """
        U1NIU0lHAAAAAQAAAEoAAAAac2stc3NoLWVkMjU1MTlAb3BlbnNzaC5jb20AAAAgA6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyG\
        ZBJVMbgAAAAEc3NoOgAAABZkZWxlZ2F0aW9uQGV4YW1wbGUub3JnAAAAAAAAAAZzaGE1MTIAAABnAAAAGnNrLXNzaC1lZDI1NTE5\
        QG9wZW5zc2guY29tAAAAQK1invN5I4gCjEFFebIJPQYyoO5Ilophbiv7pAcPtqfJEhk1ggfbBGQOYe4BBl9GG1lvJJMaCY77vAzf\
        vqmbLQYFAAAABw==
        """)

    static let touchedECDSA = armour(
        """
        U1NIU0lHAAAAAQAAAH8AAAAic2stZWNkc2Etc2hhMi1uaXN0cDI1NkBvcGVuc3NoLmNvbQAAAAhuaXN0cDI1NgAAAEEE+evkZBR8\
        wQLZIyTQmdknwaUOQtV6CKEW/+wKKYGdjGVwuvfRKIiQKmoMHWet0QMSPIWatpv46UMck4STDUt+7gAAAARzc2g6AAAAFmRlbGVn\
        YXRpb25AZXhhbXBsZS5vcmcAAAAAAAAABnNoYTUxMgAAAHcAAAAic2stZWNkc2Etc2hhMi1uaXN0cDI1NkBvcGVuc3NoLmNvbQAA\
        AEgAAAAgL2p+L/XFpOBOxpbdr8q1Q24ZwNq6DUfModPegUlUSp4AAAAgMrCpMkpjkdpU4MqHxrc4145Pj8I9i2kCCSRmR1DC4bEB\
        AAAACQ==
        """)

    static let untouchedEd25519 = armour(
        """
        U1NIU0lHAAAAAQAAAEoAAAAac2stc3NoLWVkMjU1MTlAb3BlbnNzaC5jb20AAAAgA6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyG\
        ZBJVMbgAAAAEc3NoOgAAABZkZWxlZ2F0aW9uQGV4YW1wbGUub3JnAAAAAAAAAAZzaGE1MTIAAABnAAAAGnNrLXNzaC1lZDI1NTE5\
        QG9wZW5zc2guY29tAAAAQGiUAHEn7OYYg1l9W+dLRH0Fw81xTqzktg+4oAn5O7i3LrcHKVGOMmRvhddL/0FhmfaMa1da0Uz4573h\
        TTMDaQYAAAAABw==
        """)

    static let untouchedVerifiedEd25519 = armour(
        """
        U1NIU0lHAAAAAQAAAEoAAAAac2stc3NoLWVkMjU1MTlAb3BlbnNzaC5jb20AAAAgA6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyG\
        ZBJVMbgAAAAEc3NoOgAAABZkZWxlZ2F0aW9uQGV4YW1wbGUub3JnAAAAAAAAAAZzaGE1MTIAAABnAAAAGnNrLXNzaC1lZDI1NTE5\
        QG9wZW5zc2guY29tAAAAQLbnnyLy3xTR8ZlEQoYAnhNNc/Sz+zPI/vM1XIl5ksgHKHocNl9tB8blGhV/fA/6Z7AvatcRUKxcBKbE\
        lf+uEwkEAAAABw==
        """)

    static let untouchedECDSA = armour(
        """
        U1NIU0lHAAAAAQAAAH8AAAAic2stZWNkc2Etc2hhMi1uaXN0cDI1NkBvcGVuc3NoLmNvbQAAAAhuaXN0cDI1NgAAAEEE+evkZBR8\
        wQLZIyTQmdknwaUOQtV6CKEW/+wKKYGdjGVwuvfRKIiQKmoMHWet0QMSPIWatpv46UMck4STDUt+7gAAAARzc2g6AAAAFmRlbGVn\
        YXRpb25AZXhhbXBsZS5vcmcAAAAAAAAABnNoYTUxMgAAAHgAAAAic2stZWNkc2Etc2hhMi1uaXN0cDI1NkBvcGVuc3NoLmNvbQAA\
        AEkAAAAhAIrTxLXaGvTdeNgoeBLoFZcs3+wkb7IDM1J25NmV1faFAAAAIHxieo8wiTjvmPxbRei+/gMylcIVxUrM5+6Ny4XhU08x\
        AAAAAAk=
        """)

    static let webauthn = armour(
        """
        U1NIU0lHAAAAAQAAAH8AAAAic2stZWNkc2Etc2hhMi1uaXN0cDI1NkBvcGVuc3NoLmNvbQAAAAhuaXN0cDI1NgAAAEEE+evkZBR8\
        wQLZIyTQmdknwaUOQtV6CKEW/+wKKYGdjGVwuvfRKIiQKmoMHWet0QMSPIWatpv46UMck4STDUt+7gAAAARzc2g6AAAAFmRlbGVn\
        YXRpb25AZXhhbXBsZS5vcmcAAAAAAAAABnNoYTUxMgAAAX4AAAArd2ViYXV0aG4tc2stZWNkc2Etc2hhMi1uaXN0cDI1NkBvcGVu\
        c3NoLmNvbQAAAEgAAAAgEmsfq9n6Ou/3Pb08KZrVJASHR1stfD9rkTbqb88Pxo8AAAAgUE88c0B52ocUEgiY+CjMy/X+tnUogBSo\
        jbs4a0a6yykBAAAACQAAABRodHRwczovL2V2aWwuZXhhbXBsZQAAAN57InR5cGUiOiJ3ZWJhdXRobi5nZXQiLCJjaGFsbGVuZ2Ui\
        OiJVMU5JVTBsSEFBQUFGbVJsYkdWbllYUnBiMjVBWlhoaGJYQnNaUzV2Y21jQUFBQUFBQUFBQm5Ob1lUVXhNZ0FBQUVDM3M1bnNU\
        LU5NdjFyNklLX2JwUkZhOTZUR280RDNlaVgxdzM4M2JQS3lnUGZHVlVXSHZrXzNBRlhLRzk4TE5YTTdsWjU4cXZRRkM2bXZwYVZz\
        ZmJVWiIsIm9yaWdpbiI6Imh0dHBzOi8vZXZpbC5leGFtcGxlIn0AAAAA
        """)

    static let rsa = armour(
        """
        U1NIU0lHAAAAAQAAAZcAAAAHc3NoLXJzYQAAAAMBAAEAAAGBALQ2vGvWrj6Z9FteszQueuF/iRxDU3O11aR620pNjL07gjoXrpYO\
        Ds1VTK1eqICympWtjdRQvieCO9iJuxtkxw3qwywl688NWfIkOM4RSE4c6x+Jc70TuQklRK2YZF+FkFQw6wA/SIw87Be0i9UXGjC5\
        /airoe0+1BPz4JX3PI3kk6fCLndCg780WzUEFxDbOdaIcUl8i8rJQwomCxK0Re92Ltl+AmFcjw1XW3q06P6cvGJs2/4mEwvB8afd\
        S9jFcZXqfwVqTRHfJ441VYv+431EKfA3aW3fQHncKqKOE78ykHda1SZXdvvQauQ7MSosuSk+X+TlhwqOJeLre4y49wMTKegHaxmi\
        xSWpHzBLnsYEarktwmwl0PpYk6fdaNNv4Yv7RAR0Lnu9RkGUVF0eb3fv9nMuxvV28ObiGt9aQviFqVsDVsPCv1PYm4zv9zpwZh7m\
        5pYucZqtyMBv1MAZveEQApaXjAJR/Ye1kH9b2SZFnLxlE9kKLnKQRDQZ4MjRqQAAABZkZWxlZ2F0aW9uQGV4YW1wbGUub3JnAAAA\
        AAAAAAZzaGE1MTIAAAGUAAAADHJzYS1zaGEyLTUxMgAAAYA0bWGz+Ij4CNmZi2Wmoa0HeQusTBv9Vh2M5Ip0iQGzyiIBMADNhFz6\
        ygBG7usJnlFZDElmyu06bGGIupSw3zhw0tClR1uwcNO49SjOO1C9vjW/nJa35gzts1gvd+sEaWCWNz0sQ+hseSnhWmYyqMu6J6h0\
        4CqiAo5pSttEVk9yU/UAv4bsSTbMfnXtWzVVpquHUFAkTFtwyG7lI/WXpZeptTkzcTx2XunmHYE+QwHGbG+0JpdQaBr2etAzsxqo\
        2VsuDKg5cIC+gmjs4TTlytaUf9r6XasSmyMHviwmch6RN/+Ss8iJzcVl5kmfPUI6SOIMDsdzq+l2a9PozmS14LeA2jOSP7V4/mXI\
        WyUDARVc32m92/FtEKnjz8vHEP6+9zcKV61jIj2OxaCYHL3f83wPFFxOW6cDfSiZtkNFtZtjd5vKIqTMdzIPMvlV7FOm+14el6BE\
        aEP+94uqYTL06Mnuyzp4LmCheuDppy75hs8T8TVSPboBzPkqdoQwdjQxMCQ=
        """)

    /// The blob's base64 in armour, in lines as long as those of `ssh-keygen`.
    static func armour(_ base64: String) -> [UInt8] {
        var text = Array("-----BEGIN SSH SIGNATURE-----\n".utf8)
        for (offset, digit) in base64.utf8.enumerated() {
            if offset > 0, offset.isMultiple(of: 70) { text.append(UInt8(ascii: "\n")) }
            text.append(digit)
        }
        return text + Array("\n-----END SSH SIGNATURE-----\n".utf8)
    }
}
