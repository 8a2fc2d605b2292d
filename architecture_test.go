package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The house has one direction of imports. A room is listed with the rooms it may
// use; whoever opens a new one adds it here, and says why in the commit.
var mayImport = map[string][]string{
	"config":          {},
	"model":           {},
	"model/catalogue": {"model"},
	"model/migration": {"model", "model/catalogue"},
	"model/store":     {"model", "model/migration"},

	"service/indicator":     {"model"},
	"service/workflow":      {"model"},
	"service/budget":        {"model"},
	"service/check":         {"model", "service/budget", "service/indicator", "service/render"},
	"service/render":        {},
	"service/spreadsheet":   {"model"},
	"service/tracking/form": {"model", "service/render", "service/tracking"},
	"service/tracking":      {"model", "service/indicator"},
	"service/disclosure":    {"model", "service/budget", "service/check", "service/render"},

	"service/account":     {"model", "model/store", "rbac", "service/workflow"},
	"service/filing":      {"model", "model/store", "rbac", "service/budget", "service/check", "service/directory", "service/exchange", "service/indicator", "service/library", "service/preevaluation", "service/revision", "service/workflow"},
	"service/exchange":    {"model", "model/store", "service/budget", "service/indicator", "service/library", "service/revision"},
	"service/publication": {"model", "model/store", "rbac", "service/budget", "service/calendar", "service/check", "service/disclosure", "service/execution", "service/journal", "service/preevaluation", "service/render", "service/tracking", "service/tracking/form", "service/workflow"},
	"service/library":     {"model", "model/store", "rbac", "service/budget", "service/check", "service/indicator", "service/spreadsheet"},

	"rbac":                  {"model"},
	"web":                   {"service/render"},
	"api":                   {"config", "docs/schema", "model", "model/store", "rbac", "service/account", "service/attachment", "service/audit", "service/budget", "service/check", "service/directory", "service/disclosure", "service/exchange", "service/execution", "service/filing", "service/indicator", "service/intake", "service/library", "service/notice", "service/project", "service/publication", "service/render", "service/search", "service/setting", "service/tracking", "service/workbook", "service/workflow", "web"},
	"service/directory":     {"model", "model/store", "rbac"},
	"service/audit":         {"model", "model/store"},
	"cmd":                   {"*"},
	"scripts":               {"*"},
	"":                      {"cmd"},
	"service/journal":       {"model", "model/store"},
	"service/revision":      {"model", "model/store", "service/workflow"},
	"service/attachment":    {"model", "model/store", "rbac", "service/account", "service/execution", "service/journal"},
	"service/notice":        {"model", "model/store", "rbac", "service/account", "service/filing", "service/project", "service/workflow"},
	"service/setting":       {"model", "model/store", "rbac", "service/account", "service/calendar", "service/directory", "service/indicator", "service/journal", "service/preevaluation", "service/tracking", "service/workflow"},
	"service/project":       {"model", "model/store", "rbac", "service/check", "service/directory", "service/filing", "service/journal", "service/preevaluation", "service/workflow"},
	"service/search":        {"model", "model/store", "rbac", "service/directory", "service/filing"},
	"service/intake":        {"model", "model/store", "rbac", "service/filing", "service/spreadsheet", "service/workflow"},
	"service/workbook":      {"model", "model/store", "rbac", "service/disclosure", "service/filing", "service/render", "service/spreadsheet", "service/workflow"},
	"service/execution":     {"model", "model/store", "rbac", "service/calendar", "service/indicator", "service/journal", "service/render", "service/spreadsheet", "service/tracking", "service/tracking/form"},
	"service/preevaluation": {"model", "model/store", "service/check"},
	"service/calendar":      {"model", "model/store", "service/tracking", "service/workflow"},
	"service/reminder":      {"model", "model/store", "rbac", "service/account", "service/calendar", "service/execution", "service/notice", "service/setting", "service/tracking", "service/workflow"},
	"docs/schema":           {},
}

// onlyIn says which rooms alone may speak a library.
var onlyIn = map[string][]string{
	"gorm.io/":                    {"model/store", "model/migration"},
	"github.com/pressly/goose":    {"model/migration"},
	"modernc.org/":                {"model/store", "model/migration"},
	"github.com/gin-gonic/":       {"api"},
	"github.com/casbin/":          {"rbac"},
	"github.com/xuri/excelize":    {"service/render", "service/spreadsheet"},
	"github.com/spf13/cobra":      {"cmd"},
	"github.com/goccy/go-yaml":    {"config"},
	"github.com/go-sql-driver/":   {"model/store", "model/migration"},
	"golang.org/x/crypto":         {"service/account"},
	"github.com/go-playground/":   {"api"},
	"github.com/santhosh-tekuri/": {}, // tests alone
}

// room finds the listed room that a folder belongs to: itself or the nearest above.
func room(dir string) (string, bool) {
	for {
		if _, ok := mayImport[dir]; ok {
			return dir, true
		}
		if dir == "" {
			return "", false
		}
		if dir = filepath.ToSlash(filepath.Dir(dir)); dir == "." {
			dir = ""
		}
	}
}

func TestArrowsPointOneWay(t *testing.T) {
	eachImport(t, func(file, from, path string) {
		target, inHouse := strings.CutPrefix(path, "biaochi/")
		if !inHouse {
			return
		}
		to, ok := room(target)
		if !ok {
			t.Errorf("%s imports %s, which is no room of the house", file, path)
		}
		allowed := mayImport[from]
		if to != from && !slices.Contains(allowed, to) && !slices.Contains(allowed, "*") {
			t.Errorf("%s: %s must not import %s", file, from, to)
		}
	})
}

func TestLibrariesStayInTheirRooms(t *testing.T) {
	eachImport(t, func(file, from, path string) {
		for library, rooms := range onlyIn {
			if strings.HasPrefix(path, library) && !slices.Contains(rooms, from) {
				t.Errorf("%s: only %v may import %s", file, rooms, library)
			}
		}
	})
}

// eachImport visits every import of the program itself; tests may use what they
// need.
func eachImport(t *testing.T, visit func(file, from, path string)) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (strings.HasPrefix(entry.Name(), ".") && path != "." || entry.Name() == "node_modules") {
			return filepath.SkipDir
		}
		if strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") && !strings.HasSuffix(filepath.Dir(path), "test") {
			visitFile(t, path, visit)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func visitFile(t *testing.T, path string, visit func(file, from, path string)) {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.ToSlash(filepath.Dir(path))
	if dir == "." {
		dir = ""
	}
	from, ok := room(dir)
	if !ok || dir != "" && from == "" {
		t.Errorf("%s: folder %s is no room of the house; list it in architecture_test.go", path, dir)
		return
	}
	for _, spec := range parsed.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		visit(path, from, imported)
	}
}
