package exchange_test

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"biaochi/service/exchange"
)

var update = flag.Bool("update", false, "rewrite committed files")

const schemaFile = "../../docs/schema/biaochi.package.v1.schema.json"

func TestSchemaFileIsCurrent(t *testing.T) {
	want := exchange.Schema()
	if *update {
		if err := os.WriteFile(schemaFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is stale: run go test -run Schema -update ./service/exchange", schemaFile)
	}
}
