extension SandboxRules {
    /// Libraries that the C library loads when it is first asked for something, and what it and the event loops look at to
    /// know the machine.
    static let ofAnyProgram = [
        "/lib", "/lib32", "/lib64", "/libx32", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/libx32", "/usr/local/lib",
        "/nix/store", "/gnu/store", "/etc/ld.so.cache", "/etc/ld.so.preload", "/etc/localtime", "/etc/timezone",
        "/usr/share/zoneinfo", "/sys/devices/system/cpu", "/sys/fs/cgroup", "/dev/random", "/dev/urandom",
    ]

    static let devices = ["/dev/null", "/dev/zero"]

    static let ofResolver = [
        "/etc/gai.conf", "/etc/host.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/protocols", "/etc/resolv.conf",
        "/etc/services", "/run/NetworkManager", "/run/resolvconf", "/run/systemd/resolve",
    ]

    static let ofUsers = [
        "/etc/group", "/etc/nsswitch.conf", "/etc/passwd", "/run/systemd/userdb", "/var/lib/extrausers", "/var/lib/sss",
    ]
}
