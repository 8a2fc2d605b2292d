// Package directory owns what people look things up in before they write: the units
// in their reach, the budget years, the code lists and which government code a
// department code falls under. It reads alone; it must not know records nor HTTP.
package directory
