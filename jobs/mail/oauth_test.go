package mail

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"piper/internal/imapbox/imaptest"
	"piper/internal/mail"
)

// A provider that hands out a new refresh token with every access token, and takes each only once.
func TestXOAuth2WithRotatingTokens(t *testing.T) {
	s := imaptest.Memory(t, imaptest.User{Name: "anna@home.example.org", Token: "access"})
	put(t, s, "anna@home.example.org", "INBOX", letter("1@x", "donor@example.org", "anna@home.example.org", "Hello", "First"))
	valid := "refresh"
	provider := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.FormValue("refresh_token") != valid || r.FormValue("grant_type") != "refresh_token" {
			w.WriteHeader(http.StatusBadRequest)
			_ = json.NewEncoder(w).Encode(map[string]string{"error": "invalid_grant"})
			return
		}
		valid += "+"
		_ = json.NewEncoder(w).Encode(map[string]any{"access_token": "access", "token_type": "Bearer", "expires_in": 3600, "refresh_token": valid})
	}))
	t.Cleanup(provider.Close)
	w := newWorld(t, inMemory)
	w.know("donor@example.org")
	a := s.Account("anna@home.example.org")
	box, err := w.mail.CreateMailbox(w.ctx, mail.MailboxInput{OwnerID: "anna", Host: a.Host, Port: a.Port, TLS: a.TLS, User: a.User, Enabled: true,
		Auth: mail.AuthXOAuth2, Password: valid, TokenURL: provider.URL, ClientID: "piper", ClientSecret: "s", Folders: []string{"INBOX"}})
	w.ok(err)
	for range 3 {
		w.mustRun()
	}
	if got, want := w.tally(), (mail.Tally{Kept: 1}); got != want || !strings.HasSuffix(valid, "+++") {
		t.Errorf("the account says %+v, the provider is at %q", got, valid)
	}
	valid = "withdrawn"
	if _, err := w.run(); !isUnavailable(err) {
		t.Errorf("after the consent was withdrawn: %v", err)
	}
	state, err := w.mail.State(w.ctx, box.ID)
	w.ok(err)
	if !strings.Contains(state.LastError, "consent") {
		t.Errorf("the mailbox says %q", state.LastError)
	}
}
