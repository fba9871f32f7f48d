package mail

import (
	"context"
	"errors"
	"net/http"

	"golang.org/x/oauth2"

	"piper/internal/fault"
	"piper/internal/imapbox"
	"piper/internal/mail"
)

// account makes what imapbox needs to sign in to a mailbox.
func (d Deps) account(ctx context.Context, box *mail.Mailbox) (imapbox.Account, error) {
	password, client, err := d.Mail.Secret(ctx, box)
	if err != nil {
		return imapbox.Account{}, err
	}
	a := imapbox.Account{Host: box.Host, Port: box.Port, TLS: box.TLS, User: box.User, AllowPrivate: d.AllowPrivate, Dial: d.Dial}
	if box.CAPEM != "" {
		a.CAPEM = []byte(box.CAPEM)
	}
	if box.Auth != mail.AuthXOAuth2 {
		a.Password = password
		return a, nil
	}
	token, err := d.accessToken(ctx, box, password, client)
	a.XOAUTH2Token = func(context.Context) (string, error) { return token, nil }
	return a, err
}

// accessToken gets an access token by a mailbox's refresh token. A provider that gives a new refresh
// token with it no longer takes the old one, so the new one is kept at once.
func (d Deps) accessToken(ctx context.Context, box *mail.Mailbox, refresh, clientSecret string) (string, error) {
	client := d.HTTP
	if client == nil {
		client = http.DefaultClient
	}
	cfg := oauth2.Config{ClientID: box.ClientID, ClientSecret: clientSecret, Scopes: box.Scopes, Endpoint: oauth2.Endpoint{TokenURL: box.TokenURL}}
	token, err := cfg.TokenSource(context.WithValue(ctx, oauth2.HTTPClient, client), &oauth2.Token{RefreshToken: refresh}).Token()
	var refused *oauth2.RetrieveError
	switch {
	case errors.As(err, &refused) && refused.ErrorCode == "invalid_grant":
		return "", fault.Wrap(err, fault.Unavailable, "The provider of %s no longer accepts the stored consent; connect the mailbox again.", box.Name)
	case err != nil:
		return "", fault.Wrap(err, fault.Unavailable, "The provider of %s gave no access token.", box.Name)
	}
	if token.RefreshToken != "" && token.RefreshToken != refresh && box.ID != "" {
		if err := d.Mail.RotateSecret(ctx, box.ID, token.RefreshToken); err != nil {
			return "", err
		}
	}
	return token.AccessToken, nil
}

func asFault(err error) *fault.Error {
	var f *fault.Error
	if errors.As(err, &f) {
		return f
	}
	return nil
}
