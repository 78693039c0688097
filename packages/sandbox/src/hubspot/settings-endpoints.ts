import type { Request } from "express";
import { z } from "zod";
import { pathValue, queryValue, type Answer } from "../crm-calls.ts";
import { errorAnswer, invalid } from "./answers.ts";
import { invalidInput, type Account } from "./deal-endpoints.ts";
import { owners } from "./deals.ts";
import { describePipeline, pipelines } from "./pipelines.ts";
import { definition, describeProperty, type SchemaKind } from "./properties.ts";

export function listPipelines(): Answer {
  return { status: 200, body: { results: pipelines.map(describePipeline) } };
}

export function readPipeline(_account: Account, request: Request): Answer {
  const index = pipelines.findIndex(({ id }) => id === pathValue(request, "pipelineId"));
  const pipeline = pipelines[index];
  return pipeline === undefined
    ? missing("Pipeline")
    : { status: 200, body: describePipeline(pipeline, index) };
}

const ownerTimes = {
  createdAt: "2026-01-12T09:00:00.000Z",
  updatedAt: "2026-01-12T09:00:00.000Z",
  archived: false,
  type: "PERSON",
};

export function listOwners(_account: Account, request: Request): Answer {
  const email = queryValue(request, "email");
  const results = owners
    .filter((owner) => email === undefined || owner.email === email)
    .map((owner) => ({ ...owner, userId: Number(owner.id), ...ownerTimes }));
  return { status: 200, body: { results } };
}

type Endpoint = (account: Account, request: Request) => Answer;

export function listProperties(kind: SchemaKind): Endpoint {
  return ({ state }) => {
    const results = [...state.schemas[kind].properties.values()].map(describeProperty);
    return { status: 200, body: { results } };
  };
}

export function readProperty(kind: SchemaKind): Endpoint {
  return ({ state }, request) => {
    const property = state.schemas[kind].properties.get(pathValue(request, "propertyName"));
    return property === undefined
      ? missing("Property")
      : { status: 200, body: describeProperty(property) };
  };
}

const optionSchema = z.object({
  label: z.string(),
  value: z.string(),
  displayOrder: z.int().default(-1),
  hidden: z.boolean().default(false),
});

const propertySchema = z.object({
  name: z.string().regex(/^[a-z][a-z0-9_]*$/u, "use lower case letters, digits and _"),
  label: z.string(),
  type: z.enum(["string", "number", "date", "datetime", "enumeration", "bool"]),
  fieldType: z.string(),
  groupName: z.string(),
  description: z.string().default(""),
  hasUniqueValue: z.boolean().default(false),
  options: z.array(optionSchema).default([]),
});

export function createProperty(kind: SchemaKind): Endpoint {
  return ({ state }, request) => {
    const { groups, properties } = state.schemas[kind];
    const input = propertySchema.safeParse(request.body);
    if (!input.success) return invalidInput(input.error);
    const { name, groupName } = input.data;
    if (!groups.has(groupName)) return invalid(`Property group "${groupName}" does not exist.`);
    if (properties.has(name)) return taken(`A property named '${name}' already exists.`);
    const created = definition(input.data);
    properties.set(name, created);
    return { status: 201, body: describeProperty(created) };
  };
}

export function listGroups(kind: SchemaKind): Endpoint {
  return ({ state }) => ({
    status: 200,
    body: { results: [...state.schemas[kind].groups.values()] },
  });
}

const groupSchema = z.object({
  name: z.string().min(1),
  label: z.string(),
  displayOrder: z.int().default(-1),
});

export function createGroup(kind: SchemaKind): Endpoint {
  return ({ state }, request) => {
    const { groups } = state.schemas[kind];
    const input = groupSchema.safeParse(request.body);
    if (!input.success) return invalidInput(input.error);
    const group = { ...input.data, archived: false };
    if (groups.has(group.name)) return taken(`A group named '${group.name}' already exists.`);
    groups.set(group.name, group);
    return { status: 201, body: group };
  };
}

function missing(what: string): Answer {
  return errorAnswer(404, { category: "OBJECT_NOT_FOUND", message: `${what} does not exist.` });
}

function taken(message: string): Answer {
  return errorAnswer(409, { category: "OBJECT_ALREADY_EXISTS", message });
}
