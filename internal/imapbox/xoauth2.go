package imapbox

import "errors"

// xoauth2 is the SASL mechanism by which Google and Microsoft take an OAuth access token.
type xoauth2 struct{ user, token string }

// Start gives the initial response.
func (x *xoauth2) Start() (mechanism string, response []byte, err error) {
	return "XOAUTH2", []byte("user=" + x.user + "\x01auth=Bearer " + x.token + "\x01\x01"), nil
}

// Next answers the challenge, which only comes when the token was refused and holds the reason; the empty
// answer lets the server say no.
func (x *xoauth2) Next(challenge []byte) ([]byte, error) {
	if len(challenge) > 4096 {
		return nil, errors.New("xoauth2: the reason of the refusal is too long")
	}
	return []byte{}, nil
}
