package migration

import (
	"regexp"
	"strings"
)

var (
	varchar       = regexp.MustCompile(`(?m)^( *)(\w+) VARCHAR\((\d+)\) NOT NULL`)
	columnComment = regexp.MustCompile(`(?m)(,?) -- (.*)$`)
	tableComment  = regexp.MustCompile(`^-- (.*)\n`)
)

// sqliteTypes are the names by which SQLite knows a rowid and the driver a time.
var sqliteTypes = strings.NewReplacer(" BIGINT", " INTEGER", " DATETIME(3)", " DATETIME")

// sqliteStatement makes SQLite keep the lengths that MySQL keeps by itself, so
// that an input is refused on both or on neither. It puts a column that is added, with
// its comment, into the middle of the table's text, where the comment would go on.
func sqliteStatement(statement string) string {
	if strings.Contains(statement, "ALTER TABLE") {
		statement = columnComment.ReplaceAllString(statement, "$1")
	}
	statement = varchar.ReplaceAllString(statement, "$1$2 TEXT NOT NULL CHECK (length($2) <= $3)")
	return sqliteTypes.Replace(statement)
}

// mysqlStatement turns comments into those that the database keeps, where people
// who look at it with other tools find the official terms.
func mysqlStatement(statement string) string {
	switch {
	case strings.Contains(statement, "ALTER TABLE"):
		return columnComment.ReplaceAllString(strings.TrimSpace(tableComment.ReplaceAllString(statement, "")), " COMMENT '$2'$1")
	case !strings.Contains(statement, "CREATE TABLE"):
		return statement
	}
	options := ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin"
	if title := tableComment.FindStringSubmatch(statement); title != nil {
		statement = strings.TrimPrefix(statement, title[0])
		options += " COMMENT='" + title[1] + "'"
	}
	statement = columnComment.ReplaceAllString(statement, " COMMENT '$2'$1")
	body, _ := strings.CutSuffix(statement, ") WITHOUT ROWID")
	return strings.TrimSuffix(body, ")") + options
}
