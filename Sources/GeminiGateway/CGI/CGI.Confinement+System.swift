extension CGI.Confinement {
    /// What programs of every kind read. What is not there is left out. Not `/proc`, where a program would find the
    /// environment of the server, and of all that runs as its user.
    package static let system = [
        "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/usr", "/opt", "/nix/store", "/gnu/store",
        "/etc/alternatives", "/etc/gai.conf", "/etc/host.conf", "/etc/hosts", "/etc/ld.so.cache", "/etc/ld.so.conf",
        "/etc/ld.so.conf.d", "/etc/ld.so.preload", "/etc/locale.alias", "/etc/localtime", "/etc/mime.types",
        "/etc/nsswitch.conf", "/etc/perl", "/etc/pki", "/etc/protocols", "/etc/resolv.conf", "/etc/services",
        "/etc/ssl",
        "/etc/timezone", "/run/systemd/resolve", "/dev/random", "/dev/urandom",
    ]

    /// Devices that they read and write.
    package static let devices = ["/dev/full", "/dev/null", "/dev/zero"]
}
