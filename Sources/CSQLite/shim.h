#include <sqlite3.h>

/// sqlite3_config and sqlite3_db_config are variadic, which Swift cannot call.
static inline int guiyi_sqlite_defensive(sqlite3 *db) {
  return sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
}

/// A name in double quotes is a name, never a text; and a file's own schema may call nothing that has effects.
static inline int guiyi_sqlite_strict_names(sqlite3 *db) {
  int code = sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, (int *)0);
  if (code == SQLITE_OK) code = sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)0);
  if (code == SQLITE_OK) code = sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)0);
  return code;
}

/// SQLITE_TRANSIENT is a cast of -1, which Swift does not import.
static inline sqlite3_destructor_type guiyi_sqlite_transient(void) { return SQLITE_TRANSIENT; }
static inline sqlite3_destructor_type guiyi_sqlite_static(void) { return SQLITE_STATIC; }

/// A virtual table over columns: SQLite's part comes first, so that pointers to the two are the same.
typedef struct guiyi_sqlite_table {
  sqlite3_vtab base;
  void *source;
  void *columns;
  sqlite3_int64 row_count;
} guiyi_sqlite_table;

/// A scan over its rows.
typedef struct guiyi_sqlite_cursor {
  sqlite3_vtab_cursor base;
  sqlite3_int64 row;
  sqlite3_int64 end;
} guiyi_sqlite_cursor;
