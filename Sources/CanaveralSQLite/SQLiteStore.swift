#if SQLite
public import Canaveral
import GRDB
#endif
