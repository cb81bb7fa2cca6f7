// A test writes `import CanaveralTesting` and has what it needs of the framework.
@_exported public import Canaveral
