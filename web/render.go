// Package web owns the pages that the server renders: templates, stylesheet and
// the view models that handlers fill. Pages need no script. It must not know
// requests, rights or the database: a view holds words, numbers and addresses
// that are ready to show.
package web

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync"

	"biaochi/service/render"
	"biaochi/service/render/html"
)

// The pages, by name, and the view model that each takes.
const (
	PageHome     = "home"     // Home
	PageUnit     = "unit"     // Unit
	PageTable    = "table"    // Table
	PageLineage  = "lineage"  // Lineage
	PageFindings = "findings" // Findings
	PageError    = "error"    // Error

	PagePublicHome       = "public-home"       // PublicHome
	PagePublicIssue      = "public-issue"      // PublicIssue
	PagePublicTable      = "public-table"      // PublicTable
	PagePublicProjects   = "public-projects"   // PublicProjects
	PagePublicFigure     = "public-figure"     // PublicFigure
	PagePublicDifference = "public-difference" // PublicDifference
	PagePublicUnits      = "public-units"      // PublicUnits
	PagePublicYears      = "public-years"      // PublicYears
)

var pageNames = []string{
	PageHome, PageUnit, PageTable, PageLineage, PageFindings, PageError,
	PagePublicHome, PagePublicIssue, PagePublicTable, PagePublicProjects, PagePublicFigure, PagePublicDifference,
	PagePublicUnits, PagePublicYears,
}

// Render writes a page. Nothing is written where the page fails, so that an error
// page can still be sent in its place. Errors: an unknown page, a view that is not
// the page's, those of the table's rows, those of w.
func Render(w io.Writer, page string, data any) error {
	all, err := pages()
	if err != nil {
		return err
	}
	t, ok := all[page]
	if !ok {
		return fmt.Errorf("web: no page named %q", page)
	}
	var out bytes.Buffer
	if err := t.ExecuteTemplate(&out, "base", data); err != nil {
		return fmt.Errorf("web: page %s: %w", page, err)
	}
	_, err = out.WriteTo(w)
	return err
}

var pages = sync.OnceValues(func() (map[string]*template.Template, error) {
	common, err := template.New("").Funcs(functions).ParseFS(templateFiles, "templates/base.html", "templates/parts.html", "templates/public-parts.html")
	if err != nil {
		return nil, err
	}
	all := map[string]*template.Template{}
	for _, name := range pageNames {
		t, err := common.Clone()
		if err != nil {
			return nil, err
		}
		if all[name], err = t.ParseFS(templateFiles, "templates/"+name+".html"); err != nil {
			return nil, err
		}
	}
	return all, nil
})

var functions = template.FuncMap{
	"stylesheet": func() string { return stylesheetPath },
	"grouped":    grouped,
	"sheet":      sheet,
}

// sheet renders a table as the printed form has it. Its output is safe: the
// fragment escapes every text.
func sheet(t render.Table) (template.HTML, error) {
	var out strings.Builder
	if err := html.Fragment(&out, t, html.Options{HeadingLevel: 1}); err != nil {
		return "", err
	}
	return template.HTML(out.String()), nil
}

// grouped sets separators between thousands: 30988466.00 → 30,988,466.00. What is
// no number comes back as it was.
func grouped(amount string) string {
	digits, sign := amount, ""
	if rest, negative := strings.CutPrefix(amount, "-"); negative {
		digits, sign = rest, "-"
	}
	whole, fraction, hasPoint := strings.Cut(digits, ".")
	if strings.Trim(whole, "0123456789") != "" {
		return amount
	}
	var out strings.Builder
	out.WriteString(sign)
	for i, d := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			out.WriteByte(',')
		}
		out.WriteRune(d)
	}
	if hasPoint {
		out.WriteString("." + fraction)
	}
	return out.String()
}
