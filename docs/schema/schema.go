// Package schema holds the descriptions of what the program writes for others, as the
// public site gives them beside the data.
package schema

import "embed"

// Files are the JSON Schemas of this folder by their names.
//
//go:embed *.schema.json
var Files embed.FS
