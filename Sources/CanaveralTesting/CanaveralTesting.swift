import Canaveral
