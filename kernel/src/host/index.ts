export { IRuntimeHost, type ISkillEntry, type ISkillIndex } from './tokens';
