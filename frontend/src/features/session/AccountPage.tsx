import { accessRoleWords, say } from '@/shared/format/words';
import { useSession } from '@/shared/session/session';
import { Page } from '@/shared/ui/Page';
import { FeedsSection } from './FeedsSection';
import { PasswordSection } from './PasswordSection';
import { SessionsSection } from './SessionsSection';
import { TokensSection } from './TokensSection';

/** What belongs to the person who is signed in. */
export function AccountPage() {
  const { account } = useSession();
  return (
    <Page
      title={account.name}
      tabTitle="Your account"
      aside={`${account.email} · ${say(accessRoleWords, account.role)}`}
      narrow
    >
      <PasswordSection />
      <SessionsSection />
      <FeedsSection />
      <TokensSection />
    </Page>
  );
}
