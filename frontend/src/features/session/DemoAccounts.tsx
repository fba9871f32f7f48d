import type { DemoAccount } from '@/shared/api/types';
import { accessRoleWords, say } from '@/shared/format/words';
import classes from './Entrance.module.css';

interface DemoAccountsProps {
  accounts: DemoAccount[];
  busy: boolean;
  onChoose: (account: DemoAccount) => void;
}

/** A demonstration shows its accounts; a real Piper has none to show. */
export function DemoAccounts({ accounts, busy, onChoose }: DemoAccountsProps) {
  if (accounts.length === 0) return null;
  return (
    <section className={classes.demo} aria-labelledby="demo">
      <h2 id="demo" className={classes.demoTitle}>
        This is a demonstration
      </h2>
      <p className={classes.demoText}>All data is invented. Look around as one of these people:</p>
      <ul className={classes.demoList}>
        {accounts.map((account) => (
          <li key={account.email}>
            <button
              type="button"
              className={classes.demoButton}
              disabled={busy}
              onClick={() => onChoose(account)}
            >
              <span>{account.name}</span>
              <span className={classes.demoRole}>{say(accessRoleWords, account.role)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
