package com.soundcore.kcp.openapi;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The range of numbers that a schema allows. A schema excludes a bound with {@code
 * exclusiveMinimum: true} in OpenAPI 3.0, and with a number in OpenAPI 3.1.
 *
 * @param least the lowest allowed number; infinite if the schema sets none
 * @param most the highest allowed number; infinite if the schema sets none
 */
public record Bounds(double least, double most) {
  /** Returns the bounds of a schema, as integers if only integers are allowed. */
  public static Bounds of(JsonNode schema, boolean whole) {
    Bound least = Bound.of(schema.path("minimum"), schema.path("exclusiveMinimum"), 1);
    Bound most = Bound.of(schema.path("maximum"), schema.path("exclusiveMaximum"), -1);
    if (whole) {
      return new Bounds(least.whole(), -most.whole());
    }
    double inside = Math.min(1, (-most.value - least.value) / 2);
    return new Bounds(least.inside(inside), -most.inside(inside));
  }

  /** Returns the allowed number that is nearest to the given one. */
  public double nearest(double number) {
    return Math.min(Math.max(number, least), most);
  }

  /** A lower bound. The upper one is the lower bound of the negated numbers. */
  private record Bound(double value, boolean excluded) {
    static Bound of(JsonNode bound, JsonNode exclusive, int sign) {
      double value = signed(bound, sign);
      double outside = signed(exclusive, sign);
      return outside >= value
          ? new Bound(outside, exclusive.isNumber())
          : new Bound(value, exclusive.booleanValue());
    }

    private static double signed(JsonNode number, int sign) {
      return number.isNumber() ? sign * number.asDouble() : Double.NEGATIVE_INFINITY;
    }

    double inside(double distance) {
      return excluded ? value + distance : value;
    }

    double whole() {
      return excluded ? Math.floor(value) + 1 : Math.ceil(value);
    }
  }
}
