package api

import (
	"context"
	"time"

	"piper/internal/access"
	"piper/internal/account"
	"piper/internal/store"
)

type TokenView struct {
	ID         string        `json:"id"`
	Name       string        `json:"name"`
	Scope      account.Scope `json:"scope" enum:"read,write"`
	CreatedAt  store.Instant `json:"createdAt"`
	ExpiresAt  store.Instant `json:"expiresAt,omitempty"`
	LastUsedAt store.Instant `json:"lastUsedAt,omitempty" doc:"at most an hour behind"`
}

func viewToken(t *account.Token) TokenView {
	return TokenView{ID: t.ID, Name: t.Name, Scope: t.Scope, CreatedAt: t.CreatedAt, ExpiresAt: t.ExpiresAt, LastUsedAt: t.LastUsedAt}
}

type listTokensOutput struct {
	Body struct {
		Items []TokenView `json:"items"`
		Total int         `json:"total"`
	}
}

func (a *API) listTokens(ctx context.Context, _ *struct{}) (*listTokensOutput, error) {
	list, err := a.Accounts.TokensOf(ctx, access.From(ctx).AccountID)
	if err != nil {
		return nil, err
	}
	out := &listTokensOutput{}
	out.Body.Items, out.Body.Total = make([]TokenView, len(list)), len(list)
	for i, t := range list {
		out.Body.Items[i] = viewToken(t)
	}
	return out, nil
}

type issueTokenInput struct {
	CookieInput
	Body struct {
		Name      string        `json:"name" maxLength:"200"`
		Scope     account.Scope `json:"scope" enum:"read,write"`
		ExpiresAt *time.Time    `json:"expiresAt,omitempty" doc:"never, unless given"`
	}
}

type issuedToken struct {
	TokenView
	Token string `json:"token" doc:"the secret; it cannot be had again"`
}

type issueTokenOutput struct{ Body issuedToken }

func (a *API) issueToken(ctx context.Context, in *issueTokenInput) (*issueTokenOutput, error) {
	s, err := a.inBrowser(ctx, in.CookieInput)
	if err != nil {
		return nil, err
	}
	n := account.NewToken{Name: in.Body.Name, Scope: in.Body.Scope}
	if in.Body.ExpiresAt != nil {
		n.ExpiresAt = store.At(*in.Body.ExpiresAt)
	}
	secret, t, err := a.Accounts.IssueToken(ctx, s.AccountID, n)
	if err != nil {
		return nil, err
	}
	return &issueTokenOutput{issuedToken{viewToken(t), secret}}, nil
}

func (a *API) revokeToken(ctx context.Context, in *endOwnInput) (*struct{}, error) {
	if _, err := a.inBrowser(ctx, in.CookieInput); err != nil {
		return nil, err
	}
	return nil, a.Accounts.RevokeToken(ctx, in.ID)
}
