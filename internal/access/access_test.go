package access

import (
	"context"
	"strings"
	"testing"

	"piper/internal/fault"
)

// TestRefusalsSayWhy: whose token may only read is told of the token, and not of a role that would do.
func TestRefusalsSayWhy(t *testing.T) {
	for name, c := range map[string]struct {
		reader Reader
		asked  Permission
		code   fault.Code
		says   string
	}{
		"a token that reads":       {Reader{AccountID: "a", Role: Advocate, ReadOnly: true}, StakeholdersWrite, fault.Forbidden, "token"},
		"a role that may not":      {Reader{AccountID: "a", Role: Board}, StakeholdersWrite, fault.Forbidden, "role"},
		"neither role nor token":   {Reader{AccountID: "a", Role: Board, ReadOnly: true}, StakeholdersWrite, fault.Forbidden, "role"},
		"nobody":                   {Reader{}, StakeholdersRead, fault.Unauthenticated, "sign in"},
		"a token that reads reads": {Reader{AccountID: "a", Role: Advocate, ReadOnly: true}, StakeholdersRead, "", ""},
	} {
		err := Require(With(context.Background(), c.reader), c.asked)
		if c.code == "" && err == nil {
			continue
		}
		if !fault.Is(err, c.code) || !strings.Contains(fault.Reason(err), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
