// Package disclosure owns what is published: how assembled tables are laid out as
// documents and as open data. It is pure: tables in, layout or JSON out. It must
// not know databases, HTTP, or how a format draws what it is given.
package disclosure
