import ServiceLifecycle

/// A service that pages wait for which are being read: it ends before the capsule does.
protocol PageFeeding: Service {}
