// The words of the sheet about backups: they come with it, in every language.
import type { BackupTexts } from '../keys/backup-texts.ts';
import type { Locale } from '../texts.ts';
import { en } from './en.ts';
import { zhCN } from './zh-cn.ts';

export const BACKUP_TEXTS: Readonly<Record<Locale, BackupTexts>> = { 'zh-CN': zhCN, en };
