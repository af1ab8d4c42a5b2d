#include <sqlite3.h>

/// sqlite3_config and sqlite3_db_config are variadic, which Swift cannot call.
static inline int guiyi_sqlite_defensive(sqlite3 *db) {
  return sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
}

/// SQLITE_TRANSIENT is a cast of -1, which Swift does not import.
static inline sqlite3_destructor_type guiyi_sqlite_transient(void) { return SQLITE_TRANSIENT; }
static inline sqlite3_destructor_type guiyi_sqlite_static(void) { return SQLITE_STATIC; }
