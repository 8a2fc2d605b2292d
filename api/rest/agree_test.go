package rest_test

import (
	"net/http"
	"slices"
	"testing"

	"biaochi/api/rest/resttest"
)

// What the server refuses the document refuses, and the other way round: at every
// place of a good body, for every value that somebody might send.
func TestServerAndDocumentAgree(t *testing.T) {
	s := newSample(t)
	book := resttest.Read(t, s.API, s.rules.Exceptions())
	result := book.Agree(t, "saveFiling", goodBody, func(body []byte) *http.Request {
		return request("PUT", "/api/filings/5", string(body), "If-Match", `"0"`)
	})
	t.Logf("%d bodies, %d refused by both, %d by rules without schema", result.Bodies, result.Refused, len(result.Excepted))
	if got := book.Operations(); !slices.Equal(got, []string{"saveFiling"}) {
		t.Errorf("operations with a body: %v", got)
	}
	if result.Bodies < 1000 || result.Refused < 500 || len(result.Excepted) == 0 {
		t.Errorf("too little was tried: %d bodies, %d refused, %d excepted", result.Bodies, result.Refused, len(result.Excepted))
	}
	for _, line := range result.Excepted {
		t.Log(line[:min(len(line), 160)])
	}
}

// What the server answers is what the document promises.
func TestAnswersConform(t *testing.T) {
	s := newSample(t)
	book := resttest.Read(t, s.API, nil)
	for _, c := range []struct{ op, method, path, body string }{
		{"saveFiling", "PUT", "/api/filings/5", goodBody},
		{"saveFiling", "PUT", "/api/filings/5", `{}`},
		{"saveFiling", "PUT", "/api/filings/5", `{`},
		{"getFiling", "GET", "/api/filings/5", ""},
		{"getFiling", "GET", "/api/filings/404", ""},
		{"getFiling", "GET", "/api/filings/500", ""},
		{"listFilings", "GET", "/api/filings?size=2", ""},
		{"listFilings", "GET", "/api/filings?size=0&x=1", ""},
		{"submitFiling", "POST", "/api/filings/422/submit", ""},
		{"addAttachment", "POST", "/api/attachments", "%PDF"},
	} {
		head := []string{"If-Match", `"0"`}
		if c.op == "addAttachment" {
			head = []string{"Content-Type", "application/pdf"}
		}
		if err := book.Conforms(c.op, s.ask(c.method, c.path, c.body, head...)); err != nil {
			t.Errorf("%s %s: %v", c.method, c.path, err)
		}
	}
}
