export {
  EXECUTION_MODES,
  PORT_TYPES,
  SKILL_TYPES,
  type ExecutionMode,
  type IContextSkill,
  type IExecutableSkill,
  type IPort,
  type IProblem,
  type ISkill,
  type ISkillBase,
  type JsonValue,
  type PortType,
  type SkillType
} from './skill/skill';
