package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed static
var staticFiles embed.FS

// The application as Vite builds it to dist/app, with .br and .gz beside each file;
// "all:" since some of its names begin with an underscore. In a checkout that was
// never built only the page that says so is there.
//
//go:embed all:dist
var distFiles embed.FS

// AppPath is where the server has to serve App.
const AppPath = "/app/"

// App gives the files of the browser application, index.html among them; false
// where the program was compiled without it.
func App() (fs.FS, bool) {
	files, err := fs.Sub(distFiles, "dist/app")
	if err != nil {
		panic(err) // only a malformed name could, and it stands above
	}
	_, err = fs.Stat(files, "index.html")
	return files, err == nil
}

// Unbuilt is the page that stands in for the application where it was not built.
func Unbuilt() []byte {
	content, err := distFiles.ReadFile("dist/unbuilt.html")
	if err != nil {
		panic(err) // the file is part of the program
	}
	return content
}

// StaticPath is where the server has to serve Static.
const StaticPath = "/static/"

// Static gives the files that pages refer to below StaticPath.
func Static() fs.FS {
	files, err := fs.Sub(staticFiles, "static")
	if err != nil {
		panic(err) // only a malformed name could, and it stands above
	}
	return files
}

// Stylesheet gives the one stylesheet, for documents that carry it inside.
func Stylesheet() string { return string(stylesheet) }

var stylesheet = mustRead("static/biaochi.css")

func mustRead(name string) []byte {
	content, err := staticFiles.ReadFile(name)
	if err != nil {
		panic(err) // the file is part of the program
	}
	return content
}

// stylesheetPath carries the content's hash, so that browsers may keep the file
// for ever and still see the next version.
var stylesheetPath = StaticPath + "biaochi.css?v=" + version(stylesheet)

func version(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:6])
}
